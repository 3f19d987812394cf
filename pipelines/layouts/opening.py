"""A file opened by what it is, and the layout of its header."""

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from pipelines.layouts import delimited, parquet, plain, qualtrics, surveymonkey, workbook
from pipelines.layouts.header import Header
from pipelines.layouts.received import Received, Record
from pipelines.layouts.relations import share_of_words
from pipelines.layouts.table import LayoutError

HEADERS: tuple[Callable[[Sequence[Record], int], Header | None], ...] = (qualtrics.header, surveymonkey.header)
WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
WORKBOOK_SIGNS = (b"PK\3\4", b"\xd0\xcf\x11\xe0")
PARQUET_SIGN = b"PAR1"


def receive(
    path: Path,
    name: str,
    scratch: Path,
    connection: duckdb.DuckDBPyConnection,
    *,
    sheet: str = "",
    repair: bool = False,
) -> Received:
    """Open a file by what it is: its first bytes, or failing those its suffix."""
    sign = _sign(path, name)
    if sign == PARQUET_SIGN or path.suffix.lower() == ".parquet":
        return parquet.receive(path, name, connection)
    if sign in WORKBOOK_SIGNS or path.suffix.lower() in WORKBOOKS:
        return workbook.receive(path, name, scratch, sheet=sheet)
    return delimited.receive(path, name, scratch, repair=repair)


def _sign(path: Path, name: str) -> bytes:
    """The first four bytes. Raises LayoutError if there is no file, or nothing in it."""
    if path.is_dir():
        raise LayoutError(f"{name}: is a folder, not a file")
    try:
        with path.open("rb") as file:
            sign = file.read(4)
    except OSError as fault:
        raise LayoutError(f"{name}: cannot be read: {fault.strerror}") from fault
    if not sign:
        raise LayoutError(f"{name}: is empty")
    return sign


def header_of(received: Received) -> Header:
    """What the columns may be called; a file whose layout is not recognised has one header record."""
    found = (recognise(received.head, received.width) for recognise in HEADERS)
    return next(filter(None, found), None) or plain.header(received.head, received.width)


def word_shares(
    columns: Sequence[int], words: Sequence[str], received: Received, skip: int, connection: duckdb.DuckDBPyConnection
) -> dict[int, float]:
    """Per column the share of its filled cells that hold one of the (folded) words; no entry if none is filled."""
    if not columns:
        return {}
    (shares,) = connection.execute(share_of_words(columns, words, received.scan, skip)).fetchall()
    return {column: share for column, share in zip(columns, shares, strict=True) if share is not None}
