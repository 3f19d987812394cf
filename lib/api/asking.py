"""What a data address asks for, as an answer can be made of it, or why not."""

import base64
import hashlib
from dataclasses import dataclass, replace
from http import HTTPStatus

from lib.api.problems import Problem, short
from lib.exports import asking
from lib.exports.asking import Given, RefusedError
from lib.exports.formats import PLAIN
from lib.exports.request import Request, offered
from lib.queries.choices import read_choices
from lib.queries.standards import read_standard
from lib.selection import Choices, Selection
from lib.warehouse import Warehouse

OF_TABLES = ("shape", "by", "columns", "limit", "offset", "cursor")
"""The parameters beside those of the selection."""


@dataclass(frozen=True, slots=True)
class Asked(asking.Asked):
    """A request understood: which rows of which database, in which form."""

    form: str


def understood(warehouse: Warehouse, table: str, form: str, given: Given) -> Asked:
    """What the address asks for. Raises Problem (400, 404 or 410)."""
    choices = read_choices(warehouse)
    if not any(standard.cycles for standard in choices.standards):
        raise Problem(HTTPStatus.NOT_FOUND, "There are no rows here.")
    _there_is(warehouse, table, form, given, choices)
    if "table" in given:
        detail = "table: it stands before the question mark."
        raise Problem(HTTPStatus.BAD_REQUEST, detail, "table", given["table"][0], tuple(OF_TABLES))
    try:
        asked = asking.understood(warehouse, {**given, "table": [table]}, (*OF_TABLES, "table"))
    except RefusedError as refused:
        fault = refused.fault
        raise Problem(HTTPStatus.BAD_REQUEST, short(str(refused), 300), *fault) from refused
    return Asked(_placed(asked.request, given, warehouse), asked.selection, asked.choices, asked.standard, form)


def cursor_at(offset: int, version: str) -> str:
    """A place in the rows of one version of the data, for the address of the next page."""
    return base64.urlsafe_b64encode(f"{offset}.{_short(version)}".encode()).decode().rstrip("=")


def _there_is(warehouse: Warehouse, table: str, form: str, given: Given, choices: Choices) -> None:
    standard = read_standard(warehouse, Selection.from_params(dict(given), choices).standard)
    tables = offered(standard, warehouse.viewer.role)
    if table not in tables:
        detail = "There is no such table; /api/v1 lists those that there are."
        raise Problem(HTTPStatus.NOT_FOUND, detail, "table", table, tuple(tables))
    if form not in PLAIN:
        raise Problem(HTTPStatus.NOT_FOUND, "There is no such format.", "format", form, tuple(PLAIN))


def _placed(request: Request, given: Given, warehouse: Warehouse) -> Request:
    if "cursor" not in given:
        return request
    if "offset" in given:
        raise Problem(HTTPStatus.BAD_REQUEST, "offset or cursor, not both.", "offset", "", ())
    return replace(request, offset=_offset(given["cursor"][0], warehouse.version))


def _offset(cursor: str, version: str) -> int:
    try:
        text = base64.b64decode(cursor.encode() + b"=" * (-len(cursor) % 4), b"-_", validate=True).decode("ascii")
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
