"""What a reader asks to take away: which table, in which shape, which of its columns. The URL says the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lib.queries.extract import LONG
from lib.queries.wide import WIDE
from lib.selection import Choices, Params, Selection
from lib.standard import Standard
from lib.viewer import CITY, PROGRAMME, PUBLIC

TITLES: Mapping[str, str] = {
    "responses": "Responses",
    "area_scores": "Area scores",
    "family_scores": "Family scores",
    "city_scores": "Scores and levels",
    "criterion_rates": "Criterion rates",
    "cities": "Attributes",
    "panel_changes": "Panel changes",
}
SHAPES: Mapping[str, str] = {LONG: "Long", "wide": "Wide"}
OPEN: Mapping[str, str] = {"criterion_rates": "public_rates"}
"""What everybody may take, and where it comes from for the public."""
OF_MANY = ("criterion_rates", "panel_changes")
"""What says nothing of one city."""
RATES = "criterion_rates"
"""What may be asked for by groups."""
KEYS = ("table", "shape", "by", "columns", "limit", "offset")


class Fault(NamedTuple):
    """A parameter that says something impossible, and what it may say."""

    key: str
    value: str
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A table (a key of TITLES) in a shape (of SHAPES). No `columns` means all of them, no `limit` all rows."""

    table: str = "responses"
    shape: str = LONG
    columns: tuple[str, ...] = ()
    limit: int | None = None
    offset: int = 0
    by: str = ""

    @property
    def name(self) -> str:
        """What the table is called in a file: by groups it is another one."""
        return f"{self.table}_by" if self.by else self.table

    @classmethod
    def from_params(cls, params: Params, standard: Standard, role: str = PROGRAMME) -> "Request":
        """Read a URL's parameters. Never raises: what is unknown or malformed means the default.

        Whether a table has the columns, and the groups, is known only where its rows are: `gather` leaves out others.
        """
        known = offered(standard, role)
        table = _one(params, "table", known, next(iter(known)))
        return cls(
            table=table,
            shape=_one(params, "shape", shapes(table), LONG),
            columns=tuple(dict.fromkeys(_listed(params, "columns"))),
            limit=_whole(params, "limit"),
            offset=_whole(params, "offset") or 0,
            by=next(iter(_texts(params, "by")), "") if table == RATES else "",
        )

    def to_params(self) -> dict[str, str]:
        """The URL's parameters, defaults left out; `from_params` reads the same request back."""
        told = {
            "table": self.table if self.table != "responses" else "",
            "shape": self.shape if self.shape != LONG else "",
            "by": self.by,
            "columns": ",".join(self.columns),
            "limit": "" if self.limit is None else str(self.limit),
            "offset": str(self.offset or ""),
        }
        return {key: value for key, value in told.items() if value}


def offered(standard: Standard, role: str = PROGRAMME) -> dict[str, str]:
    """The tables that there are for a standard: families where it has some, rates where there are many."""
    known = [name for name in TITLES if standard.families or name != "family_scores"]
    if role == PUBLIC:
        known = [name for name in known if name in OPEN]
    if role == CITY:
        known = [name for name in known if name not in OF_MANY]
    return {name: title(name, standard) for name in known}


def groupings(selection: Selection, choices: Choices, role: str = PROGRAMME) -> dict[str, str]:
    """What rates may be asked for by, each with its name: attributes, level, participation.

    Other views than the programme's have groups of everybody in the cycle only: those of a part could be taken from
    them. The public and a city have none.
    """
    if role in (PUBLIC, CITY) or (role != PROGRAMME and selection.filtered):
        return {}
    levels = {"level": "Level"} if choices.levels(selection.standard) else {}
    return {**{a.id: a.name for a in choices.attributes}, **levels, "participation": "Participation"}


def title(table: str, standard: Standard) -> str:
    """What a table is called: without levels there are none in its name."""
    return "Scores" if table == "city_scores" and not standard.levels else TITLES[table]


def source(table: str, role: str = PROGRAMME) -> str:
    """Where the rows of a table come from for this viewer: a key of lib.queries.tables.TABLES."""
    return OPEN.get(table, table) if role == PUBLIC else table


def shapes(table: str) -> dict[str, str]:
    """The shapes that a table has."""
    return {id_: title for id_, title in SHAPES.items() if id_ == LONG or table in WIDE}


def faults(params: Params, standard: Standard, columns: tuple[str, ...], role: str = PROGRAMME) -> list[Fault]:
    """What a page would quietly take for its default; `columns` are those that the table has in this shape."""
    tables = offered(standard, role)
    table = _one(params, "table", tables, next(iter(tables)))
    known = {"table": tuple(tables), "shape": tuple(shapes(table))}
    wrong = [Fault(key, text, known[key]) for key in known for text in _texts(params, key) if text not in known[key]]
    named = [part for text in _texts(params, "columns") for part in text.split(",")]
    wrong += [Fault("columns", name, columns) for name in named if name not in columns or named.count(name) > 1]
    for key in ("limit", "offset"):
        wrong += [Fault(key, text, ("a whole number from 0",)) for text in _texts(params, key) if not _is_whole(text)]
    return wrong


def _texts(params: Params, key: str) -> list[str]:
    given = params.get(key, ())
    texts = given if isinstance(given, list | tuple) else [given]
    return [text for text in texts if isinstance(text, str)]


def _listed(params: Params, key: str) -> list[str]:
    return [part for text in _texts(params, key) for part in text.split(",") if part]


def _one(params: Params, key: str, known: Mapping[str, str], usual: str) -> str:
    return next((text for text in _texts(params, key) if text in known), usual)


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 12  # noqa: PLR2004 - more rows than any disk holds


def _whole(params: Params, key: str) -> int | None:
    return next((int(text) for text in _texts(params, key) if _is_whole(text)), None)
