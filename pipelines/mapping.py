"""What a survey export cannot say about itself: a mapping file (TOML) written by whoever loads it.

city = "economy"                       # header text of the column; also city_id, cycle, stage, updated_at,
city_id = "wbcodev2"                   #   and for a row per answer: criterion, answer, evidence
sheet = "Responses"                    # of a workbook; else the first that holds anything
date_formats = ["%d/%m/%Y"]            # tried before the usual ones
ignore = ["WBL INDEX"]                 # columns that are neither answers nor anything else
attributes = ["Region"]                # columns that describe the city, under their own name, or
[attributes]                           #   "header text" = "name to show"
[criteria]                             # "header text" = "criterion id", where neither code nor text matches
[answers]                              # met = ["Ja"]: words beside those of data/vocabulary.toml
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

COLUMNS: Final = ("city", "city_id", "cycle", "stage", "updated_at", "criterion", "answer", "evidence")
KEYS: Final = (*COLUMNS, "sheet", "date_formats", "ignore", "attributes", "criteria", "answers")


class MappingError(ValueError):
    """A mapping file that cannot be used; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What a mapping file says, as written there; empty where it says nothing.

    `columns`: meaning → header text. `attributes`: header text → name. `criteria`: header text → criterion id.
    `answers`: word as written → answer or name of a grade.
    """

    file: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    date_formats: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


def load_mapping(path: Path | None) -> ColumnMapping:
    """Read a mapping file; None is the mapping that says nothing. Raises MappingError, one sentence."""
    if path is None:
        return ColumnMapping()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise MappingError(f"{path.name}: cannot be read: {fault}") from fault
    if unknown := table.keys() - set(KEYS):
        raise MappingError(f"{path.name}: {min(unknown)} is not a key of a mapping, expected one of {', '.join(KEYS)}")
    return _mapping(path.name, table)


def _mapping(file: str, table: Mapping[str, Any]) -> ColumnMapping:
    return ColumnMapping(
        file=file,
        columns={key: _text(file, key, table[key]) for key in COLUMNS if key in table},
        sheet=_text(file, "sheet", table["sheet"]) if "sheet" in table else "",
        date_formats=_texts(file, "date_formats", table.get("date_formats", [])),
        ignore=_texts(file, "ignore", table.get("ignore", [])),
        attributes=_attributes(file, table.get("attributes", [])),
        criteria=_pairs(file, "criteria", table.get("criteria", {})),
        answers=_answers(file, table.get("answers", {})),
    )


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
