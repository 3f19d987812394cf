"""What a survey export cannot say about itself: a mapping file (TOML) written by whoever loads it.

city = "economy"                       # header text of the column; also city_id, state, cycle, stage, updated_at,
city_id = "wbcodev2"                   #   and for a row per answer: criterion, criterion_text, answer, evidence
sheet = "Responses"                    # of a workbook, or a list; else those that hold answers
header_row = 5                         # where the header begins; else the first row that names columns
encoding = "windows-1252"              # of a text file; else told from its bytes
delimiter = ";"                        # likewise
dates = "day first"                    # or "month first": how 05/04/2023 is meant
date_formats = ["%d/%m/%Y"]            # tried before the usual ones
blank = "not_met"                      # or "not_answered": what a blank means where only met criteria are marked
ignore = ["WBL INDEX"]                 # columns that are neither answers nor anything else
attributes = ["Region"]                # columns that describe the city, under their own name, or
[attributes]                           #   "header text" = "name to show"
[cells]                                # city = "B1", updated_at = "B2": told once, above the table
[criteria]                             # "header text" = "criterion id", where neither code nor text matches
[answers]                              # met = ["Ja"]: words beside those of data/vocabulary.toml
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

COLUMNS: Final = (
    "city",
    "city_id",
    "state",
    "cycle",
    "stage",
    "updated_at",
    "criterion",
    "criterion_text",
    "answer",
    "evidence",
)
CELLS: Final = COLUMNS[:6]  # what may be told once for the whole table
CHOICES: Final = {"dates": ("day first", "month first"), "blank": ("not_met", "not_answered")}
TEXTS: Final = ("encoding", "delimiter", *CHOICES)
KEYS: Final = (
    *(*COLUMNS, "sheet", "header_row", *TEXTS, "date_formats"),
    *("ignore", "attributes", "cells", "criteria", "answers"),
)


class MappingError(ValueError):
    """A mapping file that cannot be used; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What a mapping file says, as written there; empty where it says nothing.

    `columns`: meaning → header text. `attributes`: header text → name. `criteria`: header text → criterion id.
    `cells`: meaning → address of the cell, such as B1. `answers`: word as written → answer or name of a grade.
    `header_row` counts from 1; 0 = not told.
    """

    file: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    header_row: int = 0
    encoding: str = ""
    delimiter: str = ""
    dates: str = ""
    blank: str = ""
    date_formats: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


def load_mapping(path: Path | None) -> ColumnMapping:
    """Read a mapping file; None is the mapping that says nothing. Raises MappingError, one sentence."""
    if path is None:
        return ColumnMapping()
    try:
        return read_mapping(path.read_text(encoding="utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as fault:
        raise MappingError(f"{path.name}: cannot be read: {fault}") from fault


def read_mapping(toml: str, name: str) -> ColumnMapping:
    """The mapping that a text says; `name` is the file's, for messages. Raises MappingError."""
    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as fault:
        raise MappingError(f"{name}: cannot be read: {fault}") from fault
    if unknown := table.keys() - set(KEYS):
        raise MappingError(f"{name}: {min(unknown)} is not a key of a mapping, expected one of {', '.join(KEYS)}")
    return _mapping(name, table)


def _mapping(file: str, table: Mapping[str, Any]) -> ColumnMapping:
    return ColumnMapping(
        file=file,
        columns={key: _text(file, key, table[key]) for key in COLUMNS if key in table},
        sheets=_sheets(file, table.get("sheet", [])),
        header_row=_row(file, table.get("header_row", 0)),
        **{key: _choice(file, key, table[key]) for key in TEXTS if key in table},
        date_formats=_texts(file, "date_formats", table.get("date_formats", [])),
        ignore=_texts(file, "ignore", table.get("ignore", [])),
        attributes=_attributes(file, table.get("attributes", [])),
        cells=_cells(file, table.get("cells", {})),
        criteria=_pairs(file, "criteria", table.get("criteria", {})),
        answers=_answers(file, table.get("answers", {})),
    )


def _sheets(file: str, value: object) -> tuple[str, ...]:
    return _texts(file, "sheet", value if isinstance(value, list) else [value])


def _row(file: str, value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise MappingError(f"{file}: header_row must be a row's number, such as 5")
    return value


def _choice(file: str, key: str, value: object) -> str:
    text = value if key == "delimiter" and isinstance(value, str) and len(value) == 1 else _text(file, key, value)
    if text not in CHOICES.get(key, (text,)):
        raise MappingError(f"{file}: {key} must be one of {', '.join(map(repr, CHOICES[key]))}")
    return text


def _cells(file: str, value: object) -> dict[str, str]:
    cells = _pairs(file, "cells", value)
    if unknown := cells.keys() - set(CELLS):
        raise MappingError(f"{file}: cells.{min(unknown)} is not one of {', '.join(CELLS)}")
    return {meaning: address.strip().upper() for meaning, address in cells.items()}


def _attributes(file: str, value: object) -> dict[str, str]:
    if isinstance(value, list):
        return {header: header for header in _texts(file, "attributes", value)}
    return _pairs(file, "attributes", value)


def _answers(file: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise MappingError(f'{file}: answers must be a table such as [answers] met = ["Ja"]')
    return {word: answer for answer, words in value.items() for word in _texts(file, f"answers.{answer}", words)}


def _pairs(file: str, key: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise MappingError(f'{file}: {key} must be a table of "header text" = "value"')
    return {header: _text(file, f"{key}.{header}", text) for header, text in value.items()}


def _texts(file: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise MappingError(f"{file}: {key} must be a list of texts in quotes")
    return tuple(_text(file, key, text) for text in value)


def _text(file: str, key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise MappingError(f"{file}: {key} must be a text in quotes, not empty")
    return value
