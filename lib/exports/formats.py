"""The formats a table can be taken away in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from lib.exports.delimited import Digest, csv_pieces, header, lines
from lib.exports.duck import duckdb_pieces
from lib.exports.jsonlines import json_pieces, jsonl_pieces
from lib.exports.package import package_pieces
from lib.exports.paperwork import paperwork
from lib.exports.parquet import arrow_pieces, parquet_pieces
from lib.exports.statistical import dta_pieces, sav_pieces
from lib.exports.table import Export
from lib.exports.workbook import ROWS_MOST, xlsx_pieces
from lib.exports.zipped import zip_pieces


@dataclass(frozen=True, slots=True)
class Format:
    """How a table is written: `pieces` gives the file bit by bit. A file has `most` rows, if there is a limit."""

    label: str
    ending: str
    media_type: str
    pieces: Callable[[Export], Iterator[bytes]]
    about: str = ""
    most: int | None = None


def whole(format_: Format, export: Export) -> bytes:
    """The file at once. Raises TooManyRowsError."""
    return b"".join(format_.pieces(export))


def _csv_zip(export: Export, *, mark: bool = False) -> Iterator[bytes]:
    """A zip with `<name>.csv`, `codebook.csv` and the receipt."""
    digest = Digest(export.schema)

    def table() -> Iterator[bytes]:
        yield (b"\xef\xbb\xbf" if mark else b"") + header(export.schema)
        for block in export.blocks():
            text = lines(block)
            digest.add_lines(text)
            yield text

    return zip_pieces(_beside(export, f"{export.name}.csv", table(), digest), export.receipt.built_at)


def _jsonl_zip(export: Export) -> Iterator[bytes]:
    """A zip with `<name>.jsonl`, `codebook.csv` and the receipt."""
    digest = Digest(export.schema)
    rows = jsonl_pieces(export, digest)
    return zip_pieces(_beside(export, f"{export.name}.jsonl", rows, digest), export.receipt.built_at)


def _beside(
    export: Export, name: str, pieces: Iterator[bytes], digest: Digest
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The table's file, then, when it has been read, what lies beside it."""
    yield name, pieces
    for other, content in paperwork(export, export.receipt.sealed(digest.hexdigest())).items():
        yield other, [content]


_ZIP = "application/zip"
_PARQUET = Format("Parquet", "parquet", "application/vnd.apache.parquet", parquet_pieces, "receipt and codebook inside")
_ARROW = Format("Arrow", "arrow", "application/vnd.apache.arrow.file", arrow_pieces, "IPC file, receipt inside")

PLAIN: Mapping[str, Format] = {
    "csv": Format("CSV", "csv", "text/csv; charset=utf-8", csv_pieces),
    "csv-excel": Format("CSV for Excel", "csv", "text/csv; charset=utf-8", partial(csv_pieces, mark=True)),
    "jsonl": Format("JSON Lines", "jsonl", "application/x-ndjson", jsonl_pieces),
    "json": Format("JSON", "json", "application/json", json_pieces),
    "parquet": _PARQUET,
    "arrow": _ARROW,
}
"""The table alone, for programs that ask for an address."""

FORMATS: Mapping[str, Format] = {
    "csv": Format("CSV", "zip", _ZIP, _csv_zip, "zip: UTF-8 table, codebook, receipt"),
    "csv-excel": Format("CSV for Excel", "zip", _ZIP, partial(_csv_zip, mark=True), "the same with a byte order mark"),
    "xlsx": Format(
        "Excel",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx_pieces,
        "sheets about, data, codebook, filters; the heatmap's colours",
        ROWS_MOST,
    ),
    "parquet": _PARQUET,
    "jsonl": Format("JSON Lines", "zip", _ZIP, _jsonl_zip, "zip: one object per line, codebook, receipt"),
    "arrow": _ARROW,
    "duckdb": Format("DuckDB", "duckdb", "application/vnd.duckdb", duckdb_pieces, "a database with comments"),
    "sav": Format("SPSS", "zip", _ZIP, sav_pieces, "zip: .sav with value labels, codebook, receipt"),
    "package": Format(
        "Data package",
        "zip",
        _ZIP,
        package_pieces,
        "zip: CSV, Frictionless and Croissant schemas, codebook, citation, licence, SQL, Python and R",
    ),
    "dta": Format("Stata", "zip", _ZIP, dta_pieces, "zip: .dta with value labels, codebook, receipt"),
}
"""The files that people take away, each with its receipt."""
