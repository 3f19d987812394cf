"""The block above a table: what it tells once for all answers, such as the city and the date of a workbook."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.layouts.header import column_letter
from pipelines.layouts.matching import key
from pipelines.layouts.received import Record
from pipelines.layouts.table import LayoutError
from pipelines.mapping import CELLS, ColumnMapping
from pipelines.vocabulary import Vocabulary, fold

ADDRESS = re.compile(r"^([A-Z]{1,3})([1-9]\d*)$")
FILE_NAME, SHEET_NAME = "FILE NAME", "SHEET NAME"
DATE = re.compile(r"^\s*(\d{4}-\d{2}-\d{2}\b.*|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b.*)$")
OFFICIAL = re.compile(r"^(city|town|village|municipality|ciudad|municipio|cidade|prefeitura) (of|de|do|da)\b")
NO_CITY = re.compile(r"assess|certif|survey|standard|criteri|report|evalua|avalia|form\b|cities|cidades|ciudades|\d")
LONGEST_CITY = 60  # characters
TOLD, LABELLED, AGREED, ALONE, UNSAID = 1.0, 0.95, 0.9, 0.5, 0.4
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Fact:
    """A value told once: where it stands (a cell's address, or FILE NAME), how sure it is, and why."""

    value: str
    address: str
    confidence: float
    reason: str


def facts(
    above: Sequence[Record], told: ColumnMapping, vocabulary: Vocabulary, names: Mapping[str, str]
) -> dict[str, Fact]:
    """Meaning → fact, from the records above a header. `names`: FILE NAME and SHEET NAME → name.

    Raises LayoutError for a told cell that is blank.
    """
    cells = {
        f"{column_letter(n)}{record.number}": cell.strip() for record in above for n, cell in enumerate(record.cells)
    }
    filled = {address: cell for address, cell in cells.items() if cell} | dict(names)
    found = {meaning: _told(meaning, address, filled, told) for meaning, address in told.cells.items()}
    found = titles(above, vocabulary) | found
    if "updated_at" not in found and (date := _only_date(above)):
        found["updated_at"] = date
    return found


def city_guess(above: Sequence[Record], taken: Mapping[str, Fact], names: Mapping[str, str]) -> Fact:
    """The city where no label says it: a title that the file's name repeats is sure, anything else is a guess."""
    used = {fact.value for fact in taken.values()}
    likely = [(a, cell) for a, cell in _cells(above) if cell not in used and _may_be_city(cell)]
    agreed = [
        (a, cell) for a, cell in likely if any(key(cell) in key(name) for name in names.values()) or _official(cell)
    ]
    if len(agreed) == 1:
        return Fact(
            agreed[0][1], agreed[0][0], AGREED, "a title above the table, borne out by its wording or the file's name"
        )
    if len(likely) == 1:
        return Fact(likely[0][1], likely[0][0], ALONE, "the only title above the table that may be a name")
    return Fact(names[FILE_NAME], FILE_NAME, UNSAID, "nothing in the file says it")


def titles(records: Sequence[Record], vocabulary: Vocabulary) -> dict[str, Fact]:
    """What labels in these records tell; of two labels the first."""
    found: dict[str, Fact] = {}
    for meaning, fact in _labelled(records, vocabulary):
        found.setdefault(meaning, fact)
    return found


def _told(meaning: str, address: str, filled: Mapping[str, str], told: ColumnMapping) -> Fact:
    if address not in filled:
        raise LayoutError(f"{told.file}: cells.{meaning}: nothing stands in {address} above the table")
    return Fact(filled[address], address, TOLD, "the mapping says so")


def _labelled(above: Sequence[Record], vocabulary: Vocabulary) -> Iterator[tuple[str, Fact]]:
    """“City” with the value in the next filled cell, or “City: Alder Falls” in one."""
    meanings = _labels(tuple(vocabulary.columns.items()))
    for record in above:
        filled = [(n, cell.strip()) for n, cell in enumerate(record.cells) if cell.strip()]
        for place, (n, cell) in enumerate(filled):
            label, colon, rest = cell.partition(":")
            if (meaning := meanings.get(key(label))) is None:
                continue
            column, value = (n, rest.strip()) if colon and rest.strip() else next(iter(filled[place + 1 :]), (n, ""))
            if value:
                address = f"{column_letter(column)}{record.number}"
                yield meaning, Fact(value, address, LABELLED, f"stands beside “{label.strip()}” above the table")


@cache
def _labels(columns: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    words = dict(columns)
    return {key(word): meaning for meaning in reversed(CELLS) for word in words[meaning]}


def _only_date(above: Sequence[Record]) -> Fact | None:
    dates = [(address, cell) for address, cell in _cells(above) if DATE.match(cell)]
    return Fact(dates[0][1], dates[0][0], AGREED, "the only date above the table") if len(dates) == 1 else None


def _cells(above: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """Address and text of every filled cell, a merged one once."""
    seen: set[str] = set()
    for record in above:
        for number, cell in enumerate(record.cells):
            if cell.strip() and cell not in seen:
                seen.add(cell)
                yield f"{column_letter(number)}{record.number}", cell.strip()


def _may_be_city(cell: str) -> bool:
    return len(cell) <= LONGEST_CITY and not cell.endswith(":") and (_official(cell) or not NO_CITY.search(fold(cell)))


def _official(cell: str) -> bool:
    return bool(OFFICIAL.match(fold(cell)))
