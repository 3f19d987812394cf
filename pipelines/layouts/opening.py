"""A file opened by what it is, and the layout of its header."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipelines.layouts import delimited, forms, parquet, plain, qualtrics, surveymonkey, workbook
from pipelines.layouts.header import Header, Recogniser, placed
from pipelines.layouts.locating import Clues
from pipelines.layouts.received import Received, Record
from pipelines.layouts.relations import share_of_words
from pipelines.layouts.table import LayoutError
from pipelines.mapping import ColumnMapping

HEADERS: tuple[Recogniser, ...] = (qualtrics.header, surveymonkey.header, forms.header)
WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
WORKBOOK_SIGNS = (b"PK\3\4", b"\xd0\xcf\x11\xe0")
PARQUET_SIGN = b"PAR1"
NOTHING_TOLD = ColumnMapping()


def receive(
    path: Path,
    name: str,
    scratch: Path,
    connection: duckdb.DuckDBPyConnection,
    told: ColumnMapping = NOTHING_TOLD,
    *,
    repair: bool = False,
) -> Received:
    """Open a file by what it is: its first bytes, or failing those its suffix. Of a workbook the first sheet, or the
    one that the mapping names.
    """
    if is_workbook(path, name):
        return workbook.receive(path, name, scratch, told)
    if _sign(path, name) == PARQUET_SIGN or path.suffix.lower() == ".parquet":
        return parquet.receive(path, name, connection)
    return delimited.receive(path, name, scratch, told, repair=repair)


def is_workbook(path: Path, name: str) -> bool:
    """Whether calamine is to read it. Raises LayoutError if there is no file, or nothing in it."""
    sign = _sign(path, name)
    return sign in WORKBOOK_SIGNS or (sign != PARQUET_SIGN and path.suffix.lower() in WORKBOOKS)


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


def header_of(head: Sequence[Record], width: int, name: str = "", clues: Clues | None = None) -> Header:
    """What the columns may be called; a file whose layout is not recognised has one header record.

    `clues` tell where the header stands if not at the top.
    """
    if not (clues and clues.row) and (found := _recognised(head, width)):
        return placed(found, head, 0)
    place = clues.place(head, name) if clues else 0
    if clues and (found := _under_headings(head, place if clues.row else place - 1, width, clues)):
        return found
    return placed(_recognised(head[place:], width) or plain.header(head[place:], width), head, place)


def _under_headings(head: Sequence[Record], top: int, width: int, clues: Clues) -> Header | None:
    """The header of two records that begins at `top`, if the second names more columns and leaves some to the first."""
    if not 0 <= top < len(head) - 1 or clues.worth(head[top + 1]) <= clues.worth(head[top]):
        return None
    found = plain.under_headings(head[top : top + 2], width)
    return placed(found, head, top) if found else None


def _recognised(head: Sequence[Record], width: int) -> Header | None:
    return next(filter(None, (recognise(head, width) for recognise in HEADERS)), None)


def word_shares(
    columns: Sequence[int], words: Sequence[str], received: Received, skip: int, connection: duckdb.DuckDBPyConnection
) -> dict[int, float]:
    """Per column the share of its filled cells that hold one of the (folded) words; no entry if none is filled."""
    if not columns:
        return {}
    (shares,) = connection.execute(share_of_words(columns, words, received.scan, skip)).fetchall()
    return {column: share for column, share in zip(columns, shares, strict=True) if share is not None}
