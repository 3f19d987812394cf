"""Excel and OpenDocument workbooks, read by calamine: twenty times faster than openpyxl."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from pipelines.layouts.bounds import check_workbook
from pipelines.layouts.delimited import numbered_copy
from pipelines.layouts.received import HEAD, Received, Record, Written, kept
from pipelines.layouts.table import LayoutError, broken
from pipelines.mapping import ColumnMapping

Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that holds something: its first records, and how many columns it has from A on."""

    name: str
    head: tuple[Record, ...]
    width: int
    source: CalamineSheet

    def records(self) -> Iterator[Record]:
        """The rows from the top of the sheet, so that numbers and columns are those of the spreadsheet.

        A cell that is merged downwards stands in each of its rows.
        """
        before = [""] * (self.source.start or (0, 0))[1]
        down = _merged_down(self.source)
        held: dict[int, tuple[int, str]] = {}
        for number, cells in enumerate(self.source.iter_rows()):
            texts = before + list(map(_text, cells))
            held |= {column: (last, texts[column]) for column, last in down.get(number, ())}
            for column, (last, text) in held.items():
                if number <= last:
                    texts[column] = text
            yield Record(number + 1, tuple(texts))


def sheets(path: Path, name: str, told: ColumnMapping) -> list[Sheet]:
    """The sheets that the mapping names, else those that are shown and hold anything. Raises LayoutError."""
    check_workbook(path, name)
    try:
        workbook = CalamineWorkbook.from_path(path)
        if missing := [sheet for sheet in told.sheets if sheet not in workbook.sheet_names]:
            raise LayoutError(f"{name}: has no sheet {missing[0]!r}, only {', '.join(workbook.sheet_names)}")
        shown = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        found = [_sheet(workbook.get_sheet_by_name(sheet)) for sheet in told.sheets or shown or workbook.sheet_names]
    except CalamineError as fault:
        raise broken(name) from fault
    filled = [sheet for sheet in found if sheet.head]
    if not filled:
        raise LayoutError(f"{name}: is empty")
    return filled


def receive(path: Path, name: str, scratch: Path, told: ColumnMapping) -> Received:
    """Copy one sheet: the named one, else the first that holds anything. Raises LayoutError."""
    return copied(sheets(path, name, told), 0, name, scratch / f"{path.name}.csv")


def copied(found: list[Sheet], chosen: int, name: str, copy: Path) -> Received:
    """A sheet as numbered CSV, for DuckDB to scan."""
    sheet = found[chosen]
    others = tuple(other.name for other in found if other is not sheet)
    written = Written("workbook", sheets=(sheet.name,), others=others)
    return numbered_copy(sheet.records(), sheet.width, name, copy, written)


def _sheet(source: CalamineSheet) -> Sheet:
    if source.start is None:
        return Sheet(source.name, (), 0, source)
    sheet = Sheet(source.name, (), source.start[1] + source.width, source)
    return Sheet(sheet.name, tuple(islice(kept(sheet.records()), HEAD)), sheet.width, source)


def _merged_down(sheet: CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """First row → (column, last row) of the ranges that span several rows; rows and columns from 0."""
    down: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom > top:
            down.setdefault(top, []).append((left, bottom))
    return down


def _text(cell: Cell) -> str:
    """A cell as people would type it: 2019 and not 2019.0, true and not True, dates in ISO form."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return str(cell)
