"""Criteria as rows and a column per city: the usual table turned on its side, as people compare cities by hand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines.layouts import plain
from pipelines.layouts.claims import BESIDE, BY_CELLS, Claim
from pipelines.layouts.columns import Plan
from pipelines.layouts.header import Header, find, placed
from pipelines.layouts.locating import Clues
from pipelines.layouts.matching import Matcher, key
from pipelines.layouts.received import Record
from pipelines.layouts.table import LayoutError
from pipelines.vocabulary import answer_words, fold

LAYOUT = "criteria as rows"
ENOUGH = 3  # different criteria below one another
HALF = 0.5
OF_CRITERIA = ("criterion", "criterion_text")
OF_A_CITY = ("city_id", "state", "cycle", "stage", "updated_at")  # what a row above the answers may tell of each city


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the first records show: the columns that hold criteria and those that hold answers, the records that name a
    criterion, those above them, and what each of these tells of the cities (a meaning and its label, or nothing).
    """

    named: Sequence[int]
    answers: Sequence[int]
    rows: Sequence[Record]
    above: Sequence[Record]
    labels: Sequence[tuple[str, str]]


def turned(name: str, head: Sequence[Record], width: int, clues: Clues) -> Plan | None:
    """The plan of such a table; None where no column holds criteria below a header, with answers beside them.

    Raises LayoutError where the mapping tells a row for the header in which nothing stands.
    """
    seen = _seen(head, width, clues)
    if not seen:
        return None
    place = clues.place(head, name) if clues.row else _header_place(seen)
    header = replace(placed(plain.header(head[place:], width), head, place), layout=LAYOUT)
    across = _across(header, head[place], seen, clues)
    return _plan(name, header, seen.named, across, _told_of_cities(seen, across)) if across else None


def turned_rows(plan: Plan, records: Iterable[Record], clues: Clues) -> Iterator[tuple[Record, str, int]]:
    """Record, criterion and column of every answer. A row that names no criterion counts where it holds answers."""
    words = {word for word in answer_words(clues.standard) if not word.isdigit()}
    for record in records:
        if record.number <= plan.header.last:
            continue
        texts = [_cell(record, plan.columns[m]) for m in OF_CRITERIA if m in plan.columns]
        text = next((text for text in texts if clues.matcher.match(text)), next(filter(str.strip, texts), ""))
        known = clues.matcher.match(text) or clues.matcher.looks_like_code(text)
        if known or (text and any(fold(_cell(record, column)) in words for column in plan.across)):
            yield from ((record, text, column) for column in plan.across)


def _seen(head: Sequence[Record], width: int, clues: Clues) -> _Seen | None:
    named = _named(head, width, clues.matcher)
    rows = [record for record in head if named and clues.matcher.match(_cell(record, named[0]))]
    answers = _answer_columns(rows, [n for n in range(width) if n not in named], clues)
    above = head[: head.index(rows[0])] if rows else ()
    if not above or not answers:
        return None
    return _Seen(named, answers, rows, above, [_label(record, answers, clues) for record in above])


def _named(head: Sequence[Record], width: int, matcher: Matcher) -> list[int]:
    """The columns that hold criteria, the first two at most: the codes, and the texts of the same."""
    found = {}
    for number in range(width):
        matches = [matcher.match(_cell(record, number)) for record in head]
        found[number] = {match.criterion for match in matches if match}
    enough = min(ENOUGH, len(set(matcher.spelt.values())))
    best = max(found, key=lambda number: len(found[number]), default=0)
    if not found or len(found[best]) < enough:
        return []
    same = [number for number, criteria in found.items() if len(criteria & found[best]) > HALF * len(found[best])]
    return sorted(same)[:2]


def _answer_columns(rows: Sequence[Record], columns: Iterable[int], clues: Clues) -> list[int]:
    """The columns of which most filled cells are answers; digits are answers only where no column has words."""
    words = {*answer_words(clues.standard), *map(fold, clues.told.answers)}
    filled = {n: [fold(cell) for record in rows if (cell := _cell(record, n)).strip()] for n in columns}
    found = {n: cells for n, cells in filled.items() if cells and sum(c in words for c in cells) >= HALF * len(cells)}
    worded = [n for n, cells in found.items() if not all(cell.isdigit() for cell in cells)]
    return worded or list(found)


def _label(record: Record, answers: Sequence[int], clues: Clues) -> tuple[str, str]:
    """What a record above the answers says it tells (a meaning, or nothing), and in which words."""
    before = [cell.strip() for cell in record.cells[: answers[0]] if cell.strip()]
    known = ((clues.meaning[key(cell)], cell) for cell in before if key(cell) in clues.meaning)
    return next(known, ("", ""))


def _header_place(seen: _Seen) -> int:
    """Where the names of the cities stand: beside "City", else in the last and fullest row above the answers.

    With a single column of answers, the row that heads the criteria is the header, whatever stands above it.
    """
    heads = [n for n, (meaning, _) in enumerate(seen.labels) if meaning in OF_CRITERIA]
    if len(seen.answers) == 1 and heads and _cell(seen.above[heads[-1]], seen.answers[0]).strip():
        return heads[-1]

    def worth(place: int) -> tuple[bool, int, int]:
        meaning = seen.labels[place][0]
        filled = sum(bool(_cell(seen.above[place], column).strip()) for column in seen.answers)
        return filled > 0 and meaning == "city", 0 if meaning in OF_A_CITY else filled, place

    return max(range(len(seen.above)), key=worth)


def _across(header: Header, names: Record, seen: _Seen, clues: Clues) -> dict[int, str]:
    """Column → city. One that is blank so far counts too, unless its heading says something else."""
    ignored = {column for text in clues.told.ignore for column in find(header, text)}
    rest = range(seen.answers[0], len(header.labels))
    blank = [number for number in rest if not any(_cell(record, number).strip() for record in seen.rows)]
    return {
        number: city
        for number in sorted({*seen.answers, *blank} - {*seen.named, *ignored})
        if (city := _cell(names, number).strip()) and (number in seen.answers or key(city) not in clues.meaning)
    }


def _told_of_cities(seen: _Seen, across: Mapping[int, str]) -> dict[str, tuple[str, Mapping[int, str]]]:
    """Meaning → the label of its row and what it tells of each column."""
    found: dict[str, tuple[str, Mapping[int, str]]] = {}
    for record, (meaning, label) in zip(seen.above, seen.labels, strict=True):
        cells = {column: _cell(record, column).strip() for column in across}
        if meaning in OF_A_CITY and all(cells.values()):
            found[meaning] = (label, cells)
    return found


def _plan(
    name: str,
    header: Header,
    named: Sequence[int],
    across: Mapping[int, str],
    told: Mapping[str, tuple[str, Mapping[int, str]]],
) -> Plan:
    columns = dict(zip(OF_CRITERIA, named, strict=False))
    claims = {
        **{
            n: Claim(meaning, "", BESIDE, "criteria stand in it, one below the other") for meaning, n in columns.items()
        },
        **{n: Claim("city", "", BY_CELLS, "answers stand below it, so it is headed by their city") for n in across},
    }
    rest = tuple(n for n, texts in enumerate(header.texts) if n not in claims and texts)
    return Plan(name, header, columns, {}, left=rest, claims=claims, across=dict(across), over=dict(told))


def check_readable(plan: Plan, *, by_record: bool) -> None:
    """A table on its side is read record by record. Raises LayoutError where the format cannot be."""
    if plan.across and not by_record:
        raise LayoutError(f"{plan.file}: has criteria as rows; save it as CSV or XLSX")


def _cell(record: Record, number: int) -> str:
    return record.cells[number] if number < len(record.cells) else ""
