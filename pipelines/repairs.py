"""Repairs as data: files in which people say what a spelling means, or how one cell of one file is to be read.

Aliases, one a line: kind (city, criterion or answer; city where the column is missing), from, to, reason. `to` is the
id or name of a city, the id of a criterion, or an answer (met, not_met, not_applicable, not_answered, or a grade).
Fixes, one a line: file, row, column, from, to, reason. `from` is what stands in the cell; where something else stands
there, the fix does not fire.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.layouts.delimited import text_of
from pipelines.vocabulary import fold

KINDS: Final = ("city", "criterion", "answer")


class RepairError(ValueError):
    """A file of repairs that cannot be used; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Alias:
    """What one spelling means, wherever it stands."""

    kind: str
    written: str
    meant: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fix:
    """How one cell is to be read. `row` as a spreadsheet shows it, `column` by its header or its criterion."""

    file: str
    row: int
    column: str
    written: str
    meant: str
    reason: str


def load_aliases(path: Path | None, name: str) -> tuple[Alias, ...]:
    """Read an aliases file; None holds none. Raises RepairError."""
    return tuple(_alias(name, number, line) for number, line in _lines(path, name, ("from", "to", "reason")))


def load_fixes(path: Path | None, name: str) -> tuple[Fix, ...]:
    """Read a file of fixes; None holds none. Raises RepairError."""
    needed = ("file", "row", "column", "from", "to", "reason")
    return tuple(_fix(name, number, line) for number, line in _lines(path, name, needed))


def _lines(path: Path | None, name: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Number and cells of each line that is not blank, by folded header."""
    if path is None:
        return
    text, delimiter = text_of(path, name)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [fold(cell) for cell in next(records, [])]
    if missing := set(needed) - set(header):
        raise RepairError(f"{name}: has no column {min(missing)!r}, expected {', '.join(needed)}")
    for number, cells in enumerate(records, 2):
        if any(map(str.strip, cells)):
            line = {key: cell.strip() for key, cell in zip(header, cells, strict=False)}
            yield number, {**dict.fromkeys(needed, ""), **line}


def _alias(name: str, number: int, line: dict[str, str]) -> Alias:
    kind = line.get("kind") or "city"
    if kind not in KINDS:
        raise RepairError(f"{name}: line {number}: {kind!r} is not one of {', '.join(KINDS)}")
    _filled(name, number, line, "from", "to", "reason")
    return Alias(kind, line["from"], line["to"], line["reason"])


def _fix(name: str, number: int, line: dict[str, str]) -> Fix:
    _filled(name, number, line, "file", "row", "column", "reason")
    if not line["row"].isdecimal():
        raise RepairError(f"{name}: line {number}: {line['row']!r} is not a row's number")
    return Fix(line["file"], int(line["row"]), line["column"], line["from"], line["to"], line["reason"])


def _filled(name: str, number: int, line: dict[str, str], *needed: str) -> None:
    for key in needed:
        if not line[key]:
            raise RepairError(f"{name}: line {number}: {key} is blank")
