"""A source as a workbook with its rejected cells marked, each with a comment: to be corrected and loaded again."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from lib.standard import Standard
from pipelines.corrections import SHEET, WORKBOOKS, mark_of
from pipelines.layouts import LayoutError, examine, workbook
from pipelines.layouts.columns import Plan
from pipelines.layouts.opening import is_workbook, receive
from pipelines.layouts.received import Record
from pipelines.mapping import ColumnMapping
from pipelines.rejects import Rejected
from pipelines.sources import Source

MOST_CELLS = 600_000  # openpyxl keeps every cell in memory, some 700 bytes each
FILL = PatternFill("solid", fgColor="FFE08A")
ADDRESS = re.compile(r"^[A-Z]{1,3}[0-9]{1,7}$")
WHY = "This sheet tells which file the workbook corrects. Keep it, correct the marked cells, load the workbook."


@dataclass(frozen=True, slots=True)
class Original:
    """A source in the store, with how it was read."""

    source: Source
    path: Path
    standard: Standard
    told: ColumnMapping

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.source.file.file


def write_marked(original: Original, rejected: Sequence[Rejected], target: Path) -> None:
    """Write the workbook. Raises LayoutError where the source is too large to be one."""
    with TemporaryDirectory(prefix="rejects-") as scratch, duckdb.connect() as connection:
        book, plans = _opened(original, Path(scratch), connection)
        for cell, found in _by_cell(book, plans, rejected).items():
            cell.fill = FILL
            cell.comment = Comment("\n".join(dict.fromkeys(map(_words, found))), "cohort", height=120, width=320)
        hidden = book.create_sheet(SHEET + mark_of(original.source))
        hidden.sheet_state = "hidden"
        hidden["A1"] = WHY
        book.save(target)


def _opened(
    original: Original, scratch: Path, connection: duckdb.DuckDBPyConnection
) -> tuple[Workbook, Mapping[str, Plan]]:
    """The source as a workbook, and the plan of each sheet that was read."""
    examined = examine(
        original.path, original.name, original.standard, original.told, scratch=scratch, connection=connection
    )
    if original.path.suffix in WORKBOOKS:
        sheets = workbook.sheets(original.path, original.name, original.told)
        _check_size(original, sum(sheet.width for sheet in sheets), max(sheet.source.total_height for sheet in sheets))
        book = load_workbook(original.path, data_only=True, keep_vba=original.path.suffix == ".xlsm")
        for name in [sheet for sheet in book.sheetnames if sheet.startswith(SHEET)]:
            del book[name]
        return book, dict(zip(examined.written.sheets, examined.plans, strict=False))
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
    for record in _records(original, scratch, connection):
        _check_size(original, len(record.cells), record.number)
        for column, text in enumerate(record.cells, 1):
            if text:
                cell = sheet.cell(record.number, column, ILLEGAL_CHARACTERS_RE.sub("", text))
                cell.data_type = "s"  # whatever it begins with, it is no formula
    return book, {sheet.title: examined.plans[0]}


def _check_size(original: Original, width: int, height: int) -> None:
    if width * height > MOST_CELLS:
        raise LayoutError(f"{original.name}: is too large to be marked in a workbook; take the list as CSV")


def _records(original: Original, scratch: Path, connection: duckdb.DuckDBPyConnection) -> Iterator[Record]:
    """Every record of a file that is no XLSX, numbered as everywhere."""
    if is_workbook(original.path, original.name):
        yield from workbook.sheets(original.path, original.name, original.told)[0].records()
        return
    received = receive(original.path, original.name, scratch, connection, original.told)
    if received.records:
        yield from received.records()
        return
    yield received.head[0]
    rows = connection.execute(f"select * from {received.scan.relation(1)}")  # noqa: S608 - quoted by the reader
    while batch := rows.fetchmany(1000):
        yield from (
            Record(number, tuple("" if cell is None else str(cell) for cell in cells)) for number, *cells in batch
        )


def _by_cell(book: Workbook, plans: Mapping[str, Plan], rejected: Iterable[Rejected]) -> dict[Cell, list[Rejected]]:
    """The cell to mark for each answer that was set aside: several may come from one."""
    found: dict[tuple[str, int, int], list[Rejected]] = defaultdict(list)
    for one in rejected:
        found[_place(plans, one)].append(one)
    return {_unmerged(book[sheet], row, column): every for (sheet, row, column), every in found.items()}


def _place(plans: Mapping[str, Plan], one: Rejected) -> tuple[str, int, int]:
    """Sheet, row and column; the first column where the file has none for what is missing."""
    first = next(iter(plans))
    sheet, _, label = (one.column or "").rpartition("!")
    sheet, label = (sheet, label) if sheet in plans else (first, one.column or "")
    header = plans[sheet].header
    if label in header.labels:
        heads = plans[sheet].across and one.reason in {"blank city", "unknown city"}
        return sheet, header.last if heads else one.row, header.labels.index(label) + 1
    if ADDRESS.match(label):
        row, column = coordinate_to_tuple(label)
        return sheet, row, column
    return sheet, one.row, 1


def _unmerged(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell, or the first one of those it is merged with."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, MergedCell):
        return cell
    around = next(cells for cells in sheet.merged_cells.ranges if cell.coordinate in cells)
    first = sheet.cell(around.min_row, around.min_col)
    assert isinstance(first, Cell)  # noqa: S101 - the first cell of a merged range is a cell
    return first


def _words(one: Rejected) -> str:
    suggestion = f" Perhaps: {one.suggestion}" if one.suggestion else ""
    return f"{one.reason[:1].upper()}{one.reason[1:]}: expected {one.expected}.{suggestion}{_with_it(one)}"


def _with_it(one: Rejected) -> str:
    return f" Set aside with it: the {one.whole}." if one.whole else ""
