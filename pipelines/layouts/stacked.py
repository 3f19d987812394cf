"""Several sheets with a column per criterion in one workbook: a sheet per year, per area or per state."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.layouts.columns import Plan, with_unknown_criteria
from pipelines.layouts.locating import Clues
from pipelines.layouts.received import Record, kept
from pipelines.layouts.title import AGREED, SHEET_NAME, Fact
from pipelines.layouts.workbook import Sheet
from pipelines.vocabulary import answer_words, fold

MOST_CELLS = 1_000_000  # of all sheets: their answers are kept in memory, some 300 bytes each
CYCLE = re.compile(r"(19|20)\d{2}([-–/](\d{2}|\d{4}))?")
HALF = 0.5
Table = tuple[Sheet, Plan]


def stacked(tables: Sequence[Table], clues: Clues) -> list[Table]:
    """The sheets with their plans, to be read one after another; none where that might count an answer twice.

    Where nothing else tells the cycle and every sheet is called by a year, that is its cycle.
    """
    if sum(sheet.width * sheet.source.total_height for sheet, _ in tables) > MOST_CELLS:
        return []
    tables = _by_year(tables)
    seen: set[tuple[str, ...]] = set()
    found = []
    for sheet, plan in tables:
        records = [record for record in kept(sheet.records()) if record.number > plan.header.last]
        settled = _settled(plan, records, clues)
        mine = {key for record in records for key in _keys(settled, record)}
        if seen & mine:
            return []
        seen |= mine
        found.append((sheet, settled))
    return found


def _by_year(tables: Sequence[Table]) -> Sequence[Table]:
    told = any("cycle" in {**plan.columns, **plan.facts} for _, plan in tables)
    if told or not all(CYCLE.fullmatch(sheet.name.strip()) for sheet, _ in tables):
        return tables
    return [(sheet, replace(plan, facts={**plan.facts, "cycle": _cycle(sheet)})) for sheet, plan in tables]


def _cycle(sheet: Sheet) -> Fact:
    return Fact(sheet.name.strip(), SHEET_NAME, AGREED, "every sheet is called by a year")


def _keys(plan: Plan, record: Record) -> list[tuple[str, ...]]:
    """What may be answered only once: city, cycle and stage as they are written, and the criterion."""
    same = tuple(
        fact.value if (fact := plan.facts.get(name)) else fold(_cell(record, plan.columns.get(name)))
        for name in ("city_id", "city", "cycle", "stage")
    )
    return [(*same, asked.criterion) for asked in plan.questions]


def _settled(plan: Plan, records: Sequence[Record], clues: Clues) -> Plan:
    """The plan once the cells of unclaimed columns are known: a code or words of answers make it a question."""
    words = {word for word in answer_words(clues.standard) if not word.isdigit()}
    held, blank = [], []
    for number in plan.left:
        cells = [fold(cell) for record in records if (cell := _cell(record, number)).strip()]
        if any(map(clues.matcher.looks_like_code, plan.header.texts[number])):
            held.append(number)
        elif not cells:
            blank.append(number)
        elif sum(cell in words for cell in cells) >= HALF * len(cells):
            held.append(number)
    return with_unknown_criteria(plan, held, blank)


def _cell(record: Record, column: int | None) -> str:
    return record.cells[column] if column is not None and column < len(record.cells) else ""
