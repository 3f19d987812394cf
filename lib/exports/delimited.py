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
# What such a text looks like in CSV, where text stands in quotes; also found elsewhere, which does no harm.
_SUSPECT = (b'"=', b'"+', b'"-', b'"@', b'"\t', b'"\r', b"\"'")


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
    """The table as UTF-8, behind a byte order mark if asked; empty = missing, `""` = an empty text."""
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
    block = _moments_as_text(block)
    written = _written(block)
    return _written(_guarded(block)) if any(sign in written for sign in _SUSPECT) else written


def _written(block: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    csv.write_csv(block, sink, csv.WriteOptions(include_header=False))
    text: bytes = sink.getvalue().to_pybytes()
    return text


def _guarded(block: pa.Table) -> pa.Table:
    return pa.table([_harmless(column) for column in block.columns], names=block.column_names)


def _harmless(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_string(column.type):
        return column
    guarded = pc.binary_join_element_wise("'", column, "")
    return pc.if_else(pc.match_substring_regex(column, _FORMULA), guarded, column)


def _moments_as_text(block: pa.Table) -> pa.Table:
    """Dates and times as ISO 8601 to the second: no reader then takes them for local time."""
    for place, field in enumerate(block.schema):
        if pa.types.is_timestamp(field.type):
            seconds = block.column(place).cast(pa.timestamp("s", field.type.tz), safe=False)
            block = block.set_column(place, field.name, pc.strftime(seconds, format="%Y-%m-%dT%H:%M:%S"))
    return block
