"""Tables that people laid out by hand: a title above, headings between the rows, several sheets; a row is an answer.

They are tidied row by row into one CSV, many workbooks together, because each is small and there may be a thousand.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.layouts import workbook
from pipelines.layouts.columns import Plan
from pipelines.layouts.deciding import decide
from pipelines.layouts.locating import Clues
from pipelines.layouts.matching import Matcher
from pipelines.layouts.questions import Question
from pipelines.layouts.quoting import file_name, identifier, literal
from pipelines.layouts.received import Record, Written, kept
from pipelines.layouts.stacked import stacked
from pipelines.layouts.table import LayoutError
from pipelines.layouts.title import titles
from pipelines.layouts.turned import turned_rows
from pipelines.layouts.workbook import Sheet
from pipelines.vocabulary import load_vocabulary

SAME = ("city_id", "city", "state", "cycle", "stage", "updated_at")
TEXTS = ("column", *SAME, "criterion", "answer", "evidence")
LONGEST_HEADING = 8  # words
CODE = re.compile(r"^\s*[A-Za-z]{1,8}[ ._-]?\d+[a-z]?\s*$")
Row = tuple[int, str, str, str, str, str, str, str, str, str, str]  # the record's number, then TEXTS


@dataclass(frozen=True, slots=True)
class Tidied:
    """The answers of one file and the plans they were read by, one per sheet."""

    name: str
    plans: tuple[Plan, ...]
    written: Written
    rows: tuple[Row, ...]


def tidied(path: Path, name: str, clues: Clues) -> Tidied | None:
    """The answers of a workbook; None where one sheet has a column per criterion, or none holds answers at all.

    Several such sheets are read together where they do not answer the same twice.
    """
    found = workbook.sheets(path, name, clues.told)
    plans = [(sheet, decide(name, sheet.head, sheet.width, clues, sheet=sheet.name)) for sheet in found]
    wide = [(sheet, plan) for sheet, plan in plans if plan.questions]
    tables = (stacked(wide, clues) if len(wide) > 1 else ()) if wide else [p for p in plans if p[1].long or p[1].across]
    if not tables:
        return None
    rows = (row for sheet, plan in tables for row in _rows(plan, sheet.records(), clues, _prefix(sheet, tables)))
    read = tuple(sheet.name for sheet, _ in tables)
    written = Written("workbook", sheets=read, others=tuple(s.name for s in found if s.name not in read))
    return Tidied(name, tuple(plan for _, plan in tables), written, tuple(rows))


def tidied_text(plan: Plan, records: Iterable[Record], clues: Clues) -> Iterator[Row]:
    """The answers of a text file that has a title above its table, or criteria as rows."""
    return _rows(plan, records, clues, "")


def write_rows(path: Path, source_id: int, rows: Iterable[Row]) -> None:
    """Append the rows of one source."""
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows((source_id, number, *map(_one_line_end, texts)) for number, *texts in rows)


def answers(path: Path) -> str:
    """SQL over such a file: as `Table.answers`, with source_id."""
    types = {"source_id": "USMALLINT", "row": "UINTEGER", **dict.fromkeys(TEXTS, "VARCHAR")}
    columns = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in types.items())
    chosen = ", ".join(map(identifier, types))
    return (
        f"select {chosen} from read_csv({file_name(path)}, auto_detect = false, header = false, delim = ',', "  # noqa: S608
        f"quote = '\"', escape = '\"', hive_partitioning = false, columns = {{{columns}}})"
    )


def _prefix(sheet: Sheet, tables: Sequence[tuple[Sheet, Plan]]) -> str:
    """Which sheet a row stands in, as a spreadsheet writes it, where there are several."""
    return f"{sheet.name}!" if len(tables) > 1 else ""


def _rows(plan: Plan, records: Iterable[Record], clues: Clues, prefix: str) -> Iterator[Row]:
    if plan.across:
        return _turned(plan, records, clues, prefix)
    return _wide(plan, records, prefix) if plan.questions else _long(plan, records, clues.matcher, prefix)


def _turned(plan: Plan, records: Iterable[Record], clues: Clues, prefix: str) -> Iterator[Row]:
    """One row per criterion and city where criteria are rows."""
    for record, criterion, column in turned_rows(plan, kept(records), clues):
        over = {meaning: cells[column] for meaning, (_, cells) in plan.over.items()} | {"city": plan.across[column]}
        city_id, city, state, cycle, stage, updated_at = (over.get(name, _same(plan, record, name)) for name in SAME)
        label, answer = prefix + plan.header.labels[column], record.cells[column] if column < len(record.cells) else ""
        yield (record.number, label, city_id, city, state, cycle, stage, updated_at, criterion, answer, "")


def _wide(plan: Plan, records: Iterable[Record], prefix: str) -> Iterator[Row]:
    """One row per record below the header and column of a criterion."""
    for record in kept(records):
        if record.number > plan.header.last:
            city_id, city, state, cycle, stage, updated_at = (_same(plan, record, name) for name in SAME)
            for asked in plan.questions:
                label, answer, evidence = plan.header.labels[asked.column], *_pair(record, asked)
                same = (record.number, prefix + label, city_id, city, state, cycle, stage, updated_at)
                yield (*same, asked.criterion, answer, evidence)


def _pair(record: Record, asked: Question) -> tuple[str, str]:
    """The answer and its evidence."""
    cells, evidence = record.cells, asked.evidence
    answer = cells[asked.column] if asked.column < len(cells) else ""
    return answer, cells[evidence] if evidence is not None and evidence < len(cells) else ""


def _same(plan: Plan, record: Record, name: str) -> str:
    """What holds for all answers of a record: told once above, or in a cell of its own."""
    return fact.value if (fact := plan.facts.get(name)) else _cell(plan, record, name)


def _long(plan: Plan, records: Iterable[Record], matcher: Matcher, prefix: str) -> Iterator[Row]:
    """One row per record below the header that is neither blank nor a heading."""
    label = prefix + plan.header.labels[plan.columns["answer"]]
    for record in kept(records):
        if record.number > plan.header.last and not _is_heading(plan, record, matcher):
            criterion = _cell(plan, record, "criterion")
            text = criterion if criterion.strip() else _cell(plan, record, "criterion_text")
            if not matcher.match(text):
                _refuse_second_title(plan, record, prefix)
            city_id, city, state, cycle, stage, updated_at = (_same(plan, record, name) for name in SAME)
            answer, evidence = _cell(plan, record, "answer"), _cell(plan, record, "evidence")
            yield (record.number, label, city_id, city, state, cycle, stage, updated_at, text, answer, evidence)


def _refuse_second_title(plan: Plan, record: Record, prefix: str) -> None:
    """Below a second title the answers are another city's. Raises LayoutError."""
    if "city" in plan.facts and "city" in titles([record], load_vocabulary()):
        where = f"sheet {prefix[:-1]!r} names" if prefix else "the table names"
        raise LayoutError(
            f"{plan.file}: {where} another city in row {record.number}; give each city a sheet of its own"
        )


def _cell(plan: Plan, record: Record, meaning: str) -> str:
    column = plan.columns.get(meaning)
    return record.cells[column] if column is not None and column < len(record.cells) else ""


def _is_heading(plan: Plan, record: Record, matcher: Matcher) -> bool:
    """A single short text that is neither an answer nor a criterion; or the header once more."""
    if answer := _cell(plan, record, "answer").strip():
        return answer == plan.header.labels[plan.columns["answer"]]
    texts = {cell.strip() for cell in record.cells if cell.strip()}
    return (
        not _cell(plan, record, "evidence").strip()
        and len(texts) == 1
        and all(_may_head(text) and not matcher.match(text) for text in texts)
    )


def _may_head(text: str) -> bool:
    return len(text.split()) <= LONGEST_HEADING and not text.endswith("?") and not CODE.match(text)


def _one_line_end(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell
