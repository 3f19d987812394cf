"""Is a file what the database says? If not, what differs: the version, rows, columns, or cells."""

import hashlib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lib.exports.apart import between
from lib.exports.delimited import digest_of, header, lines
from lib.exports.gather import gather
from lib.exports.receipt import VIEWS
from lib.exports.request import Request
from lib.exports.statistical import coded
from lib.exports.table import Export
from lib.exports.taken import Taken, UnreadableError, texts
from lib.queries.choices import read_choices
from lib.queries.figures import cohort_size
from lib.queries.standards import read_standard
from lib.selection import Selection
from lib.viewer import RESEARCHER
from lib.warehouse import Warehouse
from lib.words import counted

_OTHER_KEY = (
    "None of the file's keys of cities is in this research view: they were made with another secret, so its rows "
    "cannot be compared. With the key of that time in .streamlit/secrets.toml they can."
)
_SAVED_AGAIN = "Its rows are those of the database, but not its digest: it was saved again, or the receipt was edited."
_UNFIT = (pa.ArrowInvalid, pa.ArrowNotImplementedError)  # a text that is none of a type, or a type without texts


@dataclass(frozen=True, slots=True)
class Verdict:
    """`confirmed`, or what differs, a sentence each."""

    confirmed: bool
    told: tuple[str, ...]


def view_of(taken: Taken) -> str:
    """Whose view of the database a file holds: a role. Raises UnreadableError where it is none that there is."""
    view = taken.receipt.get("view", "")
    if role := next((role for role, words in VIEWS.items() if words == view), ""):
        return role
    raise UnreadableError(f"the file holds {view or 'an unknown view'}, which is none that can be made")


def cities_of(taken: Taken) -> tuple[str, ...]:
    """The ids of the cities that a file has rows of; none where it has no such column."""
    column = taken.coded["city_id"].tolist() if taken.coded is not None and "city_id" in taken.coded else []
    return tuple(sorted(set(column or taken.rows.get("city_id", pa.chunked_array([[]], pa.string())).to_pylist())))


def verify(taken: Taken, warehouse: Warehouse, export: Export | None = None) -> Verdict:
    """Compare a file with the database that is published now, as the viewer of `view_of` sees it.

    `export` has the rows there should be where they are not those of a table. Raises UnreadableError.
    """
    export = export or _again(taken, warehouse)
    if warehouse.viewer.role == RESEARCHER and _strangers(taken, export):
        return Verdict(False, (_OTHER_KEY,))
    differences = (*_lost(taken, export), *_differences(taken, export), *_told_otherwise(taken, export))
    size = f"{_rows_of(export)}, {counted(len(export.schema), 'column')}"
    told = list(_versions(taken, export, warehouse, changed=bool(differences)))
    if not differences and (taken.sound or digest_of(export) == taken.digest):
        return Verdict(True, (*told, f"Confirmed: {size}, all as in the database."))
    if not differences:
        told.append(_SAVED_AGAIN)
    else:
        told.append(_cause(taken, export))
    return Verdict(False, (*told, *differences))


def _cause(taken: Taken, export: Export) -> str:
    if taken.sound or _own_digest(taken, export) == taken.digest:
        return "The file is as it was made; the database says something else now."
    if taken.cut():
        return "Its format does not hold all that its digest counts, so it cannot be told whether somebody changed it."
    return "The file was changed after it was made: its rows do not have the digest in its receipt."


def _rows_of(export: Export) -> str:
    rows = dict(export.receipt.facts)["rows"].replace(",", "")
    return counted(int(rows), "row") if rows.isdigit() else counted(export.rows.num_rows, "row")


def _versions(taken: Taken, export: Export, warehouse: Warehouse, *, changed: bool) -> Iterator[str]:
    """Other versions than now: of the database, and where something differs, of the code that made the file."""
    version, code = (taken.receipt.get(f"{what} version", "unknown") for what in ("database", "code"))
    if version != warehouse.version:
        yield f"The file is of database version {version}, not {warehouse.version}."
    now = dict(export.receipt.facts)["code version"]
    if changed and code != now:
        yield f"It was made by {code}, and is compared with what {now} makes."


def _strangers(taken: Taken, export: Export) -> bool:
    """Are the file's cities none of the view's? Keys are made with a secret: with another one they are all others."""
    given = cities_of(taken)
    known = set(export.rows["city_id"].to_pylist()) if "city_id" in export.schema.names else set()
    return bool(given and known) and known.isdisjoint(given)


def _again(taken: Taken, warehouse: Warehouse) -> Export:
    if view_of(taken) != warehouse.viewer.role:
        raise UnreadableError(f"the file holds {taken.receipt['view']}, which is not the one it is compared with")
    params = parse_qs(taken.receipt.get("address", "").removeprefix("?"))
    choices = read_choices(warehouse)
    selection = Selection.from_params(params, choices)
    standard = read_standard(warehouse, selection.standard)
    return gather(
        Request.from_params(params, standard, warehouse.viewer.role),
        warehouse=warehouse,
        selection=selection,
        choices=choices,
        standard=standard,
        cities=cohort_size(warehouse, selection)[0],
    )


def _differences(taken: Taken, export: Export) -> Iterator[str]:
    expected = export.rows
    if taken.coded is not None:
        yield from between(_as_texts(taken.coded), _as_texts(coded(export).frame))
        return
    given = {name: _typed(column, expected, name) for name, column in taken.rows.items()}
    broken = {field.name for field in expected.schema if pa.types.is_floating(field.type)}
    there = {name: taken.held(column) if taken.held else column for name, column in texts(expected).items()}
    yield from between(_frame(given, broken), _frame(there, broken))


def _lost(taken: Taken, export: Export) -> Iterator[str]:
    """What the file was asked for and cannot be asked for now: the rows compared are then those without it."""
    now = dict(export.receipt.facts)
    asked, known = (parse_qs(told.get("address", "").removeprefix("?")) for told in (taken.receipt, now))
    for key, values in asked.items():
        yield from (f"{key}={value} cannot be selected now." for value in values if value not in known.get(key, ()))


def _told_otherwise(taken: Taken, export: Export) -> Iterator[str]:
    """What the receipt says of the same database, and would not say now. `code version` tells with what it was made."""
    now = dict(export.receipt.lines())
    if taken.receipt.get("database version") == now["database version"]:
        for fact in now.keys() - {"code version"}:
            if taken.receipt.get(fact) != now[fact]:
                yield f"The receipt's {fact!r} is not what the database says: {now[fact]}"


def _typed(column: pa.ChunkedArray, expected: pa.Table, name: str) -> pa.ChunkedArray:
    """A column of texts as the database's type would write it: 1.0 and 1 are the same number."""
    if name not in expected.column_names or pa.types.is_string(expected.schema.field(name).type):
        return column
    try:
        return texts(pa.table({name: _cast(column, expected.schema.field(name).type)}))[name]
    except _UNFIT:
        return column


def _cast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    given = pc.if_else(pc.equal(column, ""), None, column)
    if pa.types.is_integer(kind):
        return given.cast(pa.float64()).cast(kind)
    return given.cast(kind)


def _own_digest(taken: Taken, export: Export) -> str:
    """The digest of the file's own rows; none where they do not even fit the columns."""
    names = export.schema.names
    if taken.coded is not None or list(taken.rows) != names:
        return "none"
    try:
        cast = [_cast(taken.rows[field.name], field.type) for field in export.schema]
    except _UNFIT:
        return "none"
    return hashlib.sha256(header(export.schema) + lines(pa.table(cast, schema=export.schema))).hexdigest()


def _frame(columns: Mapping[str, pa.ChunkedArray], broken: Container[str]) -> pd.DataFrame:
    """The texts; `broken` numbers with the digits that every program keeps when it saves a file again."""
    frame = pd.DataFrame({name: column.to_pandas().astype("object") for name, column in columns.items()})
    return frame.assign(**{name: frame[name].map(_shorter) for name in columns if name in broken})


def _shorter(text: str) -> str:
    try:
        return f"{float(text):.15g}"
    except ValueError:
        return text


def _as_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a statistical program's file; an empty text and none are the same there."""
    return pd.DataFrame(
        {name: frame[name].astype("object").where(frame[name].notna(), "").map(_said) for name in frame}
    )


def _said(value: object) -> str:
    """SPSS fills texts up with blanks, and so keeps none at their end."""
    return f"{value:.12g}" if isinstance(value, float) else str(value).rstrip(" ")
