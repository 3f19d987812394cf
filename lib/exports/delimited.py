"""CSV: a zip of the table, its codebook and its receipt.

Comment lines in a CSV break the readers that do not expect them, and a receipt in a second download gets lost: the
zip keeps the table a plain rectangle and its receipt beside it.
"""

import zipfile
from io import BytesIO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from lib.exports.table import Export, plain

FORMULA_NOTE = (
    "In CSV files a text that begins with = + - @, a tab or a carriage return has an apostrophe put before it, "
    "so that no spreadsheet runs it as a formula. Parquet and XLSX hold the text as it is."
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # Excel reads a CSV as UTF-8 only behind it
_FORMULA = r"^[=+\-@\t\r]"


def csv_package(export: Export) -> bytes:
    """A zip with `<name>.csv`, `codebook.csv` and `receipt.txt`; the files carry the database's date."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, content in _files(export).items():
            entry = zipfile.ZipInfo(name, export.receipt.built_at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content, compresslevel=6)
    return packed.getvalue()


def frame_csv(frame: pd.DataFrame) -> bytes:
    """A table as it stands on the screen, as CSV: for the download beside a chart."""
    return csv_bytes(plain(pa.Table.from_pandas(frame, preserve_index=False)))


def csv_bytes(rows: pa.Table) -> bytes:
    """The rows as UTF-8 with a byte order mark; empty = missing, `""` = an empty text; formulas neutralised."""
    safe = pa.table({_harmless_name(name): _harmless(rows[name]) for name in rows.column_names})
    written = BytesIO()
    written.write(_BYTE_ORDER_MARK)
    csv.write_csv(safe, written)
    return written.getvalue()


def _files(export: Export) -> dict[str, bytes]:
    lines = [f"{name}: {value}" for name, value in export.receipt.lines()]
    return {
        f"{export.name}.csv": csv_bytes(export.rows),
        "codebook.csv": frame_csv(export.codebook),
        "receipt.txt": "\n".join([*lines, FORMULA_NOTE, ""]).encode(),
    }


def _harmless(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column.cast(pa.timestamp("s", column.type.tz), safe=False), format="%Y-%m-%dT%H:%M:%S")
    if not pa.types.is_string(column.type):
        return column
    guarded = pc.binary_join_element_wise("'", column, "")
    return pc.if_else(pc.match_substring_regex(column, _FORMULA), guarded, column)


def _harmless_name(name: str) -> str:
    return f"'{name}" if name.startswith(("=", "+", "-", "@", "\t", "\r")) else name
