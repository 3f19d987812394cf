"""What an address asks for, taken at its word: other than on the pages, what is unknown is told."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from lib.api.problems import Problem, bad
from lib.exports import request as wanted
from lib.exports.formats import PLAIN
from lib.exports.gather import columns_of
from lib.exports.request import Request
from lib.queries.choices import read_choices
from lib.queries.standards import read_standard
from lib.selection import NO_COMPARISON, PARTICIPATION, STAGES, Choices, Selection
from lib.standard import Standard
from lib.viewer import PUBLIC
from lib.warehouse import Warehouse

MOST_VALUES = 200
_SINGLE = ("standard", "cycle", "stage", "versus", "shape", "limit", "offset", "cursor")
_OF_TABLES = ("shape", "columns", "limit", "offset", "cursor")
Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request understood: which rows of which database, in which form."""

    request: Request
    selection: Selection
    choices: Choices
    standard: Standard
    form: str


def understood(warehouse: Warehouse, table: str, form: str, given: Given) -> Asked:
    """What the address asks for. Raises Problem (400, 404 or 410)."""
    choices = read_choices(warehouse)
    if not any(standard.cycles for standard in choices.standards):
        raise Problem(HTTPStatus.NOT_FOUND, "There are no rows here.")
    _known(given, choices, parts=warehouse.viewer.role != PUBLIC)
    selection = Selection.from_params(dict(given), choices)
    standard = read_standard(warehouse, selection.standard)
    tables = wanted.offered(standard, warehouse.viewer.role)
    if table not in tables:
        detail = "There is no such table; /api/v1 lists those that there are."
        raise Problem(HTTPStatus.NOT_FOUND, detail, "table", table, tuple(tables))
    if form not in PLAIN:
        raise Problem(HTTPStatus.NOT_FOUND, "There is no such format.", "format", form, tuple(PLAIN))
    request = _request(warehouse, table, given, selection, standard)
    return Asked(request, selection, choices, standard, form)


def values_of(
    choices: Choices, standard: str, cycle: str, stage: str, *, parts: bool = True
) -> dict[str, tuple[str, ...]]:
    """Every parameter of the selection with the values that it may have; those of a cycle are of this one.

    Without `parts` (the public) only those of rates of all together: nobody can ask for some of them.
    """
    of_cities = {
        **{attribute.id: attribute.values for attribute in choices.attributes},
        "level": choices.levels(standard),
        "participation": tuple(PARTICIPATION.values()),
    }
    return {
        "standard": tuple(choice.id for choice in choices.standards),
        "cycle": choices.cycles(standard),
        "stage": tuple(STAGES[id_] for id_ in choices.stages(standard, cycle)),
        "versus": (*choices.comparable(standard, cycle, stage), NO_COMPARISON),
        **(of_cities if parts else {}),
    }


def cursor_at(offset: int, version: str) -> str:
    """A place in the rows of one version of the data, for the address of the next page."""
    return base64.urlsafe_b64encode(f"{offset}.{_short(version)}".encode()).decode().rstrip("=")


def _known(given: Given, choices: Choices, *, parts: bool) -> None:
    """Raises Problem at the first parameter or value that is not known."""
    if sum(len(texts) for texts in given.values()) > MOST_VALUES:
        raise Problem(HTTPStatus.BAD_REQUEST, f"An address may have {MOST_VALUES} values.")
    chosen = Selection.from_params(dict(given), choices)
    allowed = values_of(choices, chosen.standard, chosen.cycle, chosen.stage, parts=parts)
    for key, texts in given.items():
        if key not in allowed and key not in _OF_TABLES and key != "segment":  # which is told in the files
            detail = f"There is no parameter “{key[:60]}”."
            raise Problem(HTTPStatus.BAD_REQUEST, detail, key, "", (*allowed, *_OF_TABLES))
        if key in _SINGLE and len(texts) > 1:
            raise Problem(HTTPStatus.BAD_REQUEST, f"{key}: one value, please.", key, texts[1], allowed.get(key, ()))
        for text in texts if key in allowed else ():
            if text not in allowed[key] and text not in _also(key, allowed[key]):
                raise bad(key, text, allowed[key])


def _also(key: str, allowed: Sequence[str]) -> Sequence[str]:
    """The ids behind the words, which the pages understand too."""
    if key == "versus":
        return ("none",)
    words = {"stage": STAGES, "participation": PARTICIPATION}.get(key, {})
    return [id_ for id_, word in words.items() if word in allowed]


def _request(warehouse: Warehouse, table: str, given: Given, selection: Selection, standard: Standard) -> Request:
    given = {**given, "table": [table]}
    role = warehouse.viewer.role
    request = Request.from_params(given, standard, role)
    whole = replace(request, columns=(), limit=None, offset=0)
    columns = columns_of(whole, warehouse=warehouse, selection=selection, standard=standard)
    for fault in wanted.faults(given, standard, tuple(columns), role):
        raise bad(fault.key, fault.value, fault.allowed)
    if "cursor" not in given:
        return request
    if "offset" in given:
        raise Problem(HTTPStatus.BAD_REQUEST, "offset or cursor, not both.", "offset", "", ())
    return replace(request, offset=_offset(given["cursor"][0], warehouse.version))


def _offset(cursor: str, version: str) -> int:
    try:
        text = base64.urlsafe_b64decode(cursor.encode() + b"==").decode("ascii")
        place, _, of = text.partition(".")
        offset = int(place) if place.isdecimal() and len(place) < 13 else -1  # noqa: PLR2004 - as for an offset
    except ValueError:
        offset, of = -1, ""
    if offset < 0:
        raise Problem(HTTPStatus.BAD_REQUEST, "cursor: take it from a Link header as it is.", "cursor", cursor, ())
    if of != _short(version):
        raise Problem(HTTPStatus.GONE, "The data have changed since this cursor was given: begin again without it.")
    return offset


def _short(version: str) -> str:
    return hashlib.sha256(version.encode()).hexdigest()[:12]
