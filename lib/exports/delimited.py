"""CSV: plain for programs, or a zip of the table, its codebook and its receipt for people.

Comment lines in a CSV break the readers that do not expect them, and a receipt in a second download gets lost: the
zip keeps the table a plain rectangle and its receipt beside it.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from lib.exports.table import Export, plain

FORMULA_NOTE = (
    "In CSV files a text that begins with = + - @, a tab or a carriage return has an apostrophe put before it, "
    "so that no spreadsheet runs it as a formula; so has such a text behind apostrophes of its own. Taking one "
    "apostrophe away from each text that begins with apostrophes and one of these signs gives the texts back. "
    "Numbers are not touched. The other formats hold the text as it is; in XLSX it is marked as text."
)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Excel reads a CSV as UTF-8 only behind it."""
_FORMULA = r"^'*[=+\-@\t\r]"


class Digest:
    """SHA-256 of a table as CSV, made while something else is done with its blocks."""

    def __init__(self, schema: pa.Schema) -> None:
        self._hash = hashlib.sha256(header(schema))

    def beside(self, blocks: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """The blocks, each handed on while it is being read; when they are at an end, so is the digest."""
        with ThreadPoolExecutor(1) as worker:
            busy: Future[None] | None = None
            for block in blocks:
                if busy:
                    busy.result()
                busy = worker.submit(self.add, block)
                yield block
            if busy:
                busy.result()

    def add(self, block: pa.Table) -> None:
        """Read one more block."""
        self._hash.update(lines(block))

    def add_lines(self, text: bytes) -> None:
        """The same for a block that is CSV already."""
        self._hash.update(text)

    def hexdigest(self) -> str:
        """The digest of all blocks so far."""
        return self._hash.hexdigest()


def digest_of(export: Export) -> str:
    """The digest of all of an export's rows, which are read for it."""
    digest = Digest(export.schema)
    for block in export.blocks():
        digest.add(block)
    return digest.hexdigest()


def csv_pieces(export: Export, *, mark: bool = False) -> Iterator[bytes]:
    """The table as UTF-8, behind a byte order mark if asked; empty = missing, `""` = an empty text.

    In a table of one column both are `""`.
    """
    yield (BYTE_ORDER_MARK if mark else b"") + header(export.schema)
    for block in export.blocks():
        yield lines(block)


def frame_csv(frame: pd.DataFrame) -> bytes:
    """A table as it stands on the screen, as CSV with a byte order mark: for the download beside a chart."""
    rows = plain(pa.Table.from_pandas(frame, preserve_index=False))
    return BYTE_ORDER_MARK + header(rows.schema) + lines(rows)


def header(schema: pa.Schema) -> bytes:
    """The first line."""
    names = [re.sub(_FORMULA, lambda sign: f"'{sign[0]}", name).replace('"', '""') for name in schema.names]
    return ('"' + '","'.join(names) + '"\n').encode()


def lines(block: pa.Table) -> bytes:
    """The rows of one block, formulas neutralised."""
    return _written(_guarded(_moments_as_text(block)))


def _written(block: pa.Table) -> bytes:
    if block.num_columns == 1 and block.column(0).null_count:
        return _alone(block.column(0))
    sink = pa.BufferOutputStream()
    csv.write_csv(block, sink, csv.WriteOptions(include_header=False))
    text: bytes = sink.getvalue().to_pybytes()
    return text


def _alone(column: pa.ChunkedArray) -> bytes:
    """The only column, a missing value as `""`: readers pass over an empty line, and a row would be lost."""
    texts = column.cast(pa.string())
    if pa.types.is_string(column.type):
        texts = pc.binary_join_element_wise('"', pc.replace_substring(texts, '"', '""'), '"', "")
    return "".join(f"{text}\n" for text in pc.fill_null(texts, '""').to_pylist()).encode()


def _guarded(block: pa.Table) -> pa.Table:
    return pa.table([_harmless(column) for column in block.columns], names=block.column_names)


def _harmless(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The texts, each looked at once: most are the same on many rows, and hardly ever is one a formula."""
    if not pa.types.is_string(column.type) or not _any_formula(column.unique()):
        return column
    guarded = pc.binary_join_element_wise("'", column, "")
    return pc.if_else(pc.match_substring_regex(column, _FORMULA), guarded, column)


def _any_formula(texts: pa.Array) -> bool:
    return bool(pc.any(pc.match_substring_regex(texts, _FORMULA)).as_py())


def _moments_as_text(block: pa.Table) -> pa.Table:
    """Dates and times as ISO 8601 to the second: no reader then takes them for local time."""
    for place, field in enumerate(block.schema):
        if pa.types.is_timestamp(field.type):
            block = block.set_column(place, field.name, moments(block.column(place).combine_chunks()))
    return block


def moments(column: pa.Array) -> pa.Array:
    """Texts like 2025-01-02T03:04:05. Each moment is written once: answers come by the thousand on one day."""
    coded = column.cast(pa.timestamp("s", column.type.tz), safe=False).dictionary_encode()
    return pc.strftime(coded.dictionary, format="%Y-%m-%dT%H:%M:%S").take(coded.indices)
