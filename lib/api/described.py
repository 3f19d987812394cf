"""What there is to ask for: the tables, their columns, the parameters and what they may say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lib.exports.asking import values_of
from lib.exports.formats import PLAIN
from lib.exports.gather import gather
from lib.exports.request import Request, groupings, offered, shapes
from lib.queries.about import publication
from lib.queries.choices import read_choices
from lib.queries.figures import cohort_size
from lib.queries.standards import read_standard
from lib.selection import Choices, Selection
from lib.standard import Standard
from lib.viewer import PUBLIC
from lib.warehouse import Warehouse

ABOUT = {
    "standard": "The standard that was assessed by.",
    "cycle": "The cycle; the newest if left out, so a link that is to keep its meaning names it.",
    "stage": "The stage of the answers.",
    "versus": "The cycle compared with: for the table panel_changes.",
    "level": "Only these levels.",
    "participation": "Only these.",
    "shape": "long: a row per answer or score; wide: a row per city with a column for each.",
    "by": "Rates of the groups of an attribute, of level or of participation: for the table criterion_rates.",
    "segment": "Segments compared, as the dashboard's link has them: tables about cities tell who is in which.",
    "columns": "Some columns only: their names, with commas between them.",
    "limit": "So many rows; the Link header then has the address of the next.",
    "offset": "So many rows are left out at the beginning.",
    "cursor": "The place of the next rows, from a Link header; in place of offset.",
}
REPEATED = "May be repeated: any of the values will do."


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is described: its rows in the selection that stands where nothing is asked for."""

    name: str
    title: str
    rows: int
    shapes: tuple[str, ...]
    columns: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Described:
    """Everything that can be asked for. `values` are the parameters of the selection with what they may say."""

    version: str
    synthetic: bool
    standard: Standard
    sentence: str
    tables: tuple[Table, ...]
    values: Mapping[str, tuple[str, ...]]
    groupings: tuple[str, ...]
    choices: Choices


def described(warehouse: Warehouse) -> Described:
    """What this viewer's database has, worked out once per version."""
    return warehouse.once(_described)


def listed(warehouse: Warehouse) -> dict[str, Any]:
    """The answer of /api/v1: one entry per table, with the meaning of every column."""
    known = described(warehouse)
    return {
        "data_version": known.version,
        "synthetic": known.synthetic,
        "selection": known.sentence,
        "openapi": "/api/v1/openapi.json",
        "documentation": "/api",
        "parameters": {key: list(values) for key, values in {**known.values, **_by(known)}.items()},
        "tables": [
            {
                "name": table.name,
                "title": table.title,
                "rows": table.rows,
                "shapes": list(table.shapes),
                "columns": [
                    dict(zip(("name", "type", "description"), column, strict=True)) for column in table.columns
                ],
                "addresses": {form: f"/api/v1/{table.name}.{form}" for form in PLAIN},
            }
            for table in known.tables
        ],
    }


def _by(known: Described) -> dict[str, tuple[str, ...]]:
    return {"by": known.groupings} if known.groupings else {}


def _described(warehouse: Warehouse, _: str) -> Described:
    choices = read_choices(warehouse)
    selection = Selection.from_params({}, choices)
    standard = read_standard(warehouse, selection.standard)
    cities, _total = cohort_size(warehouse, selection)
    parts = warehouse.viewer.role != PUBLIC
    about = publication(warehouse).iloc[0]
    return Described(
        version=warehouse.version,
        synthetic=bool(about["synthetic"]),
        standard=standard,
        sentence=selection.describe(choices, cities),
        tables=tuple(
            _table(warehouse, name, title) for name, title in offered(standard, warehouse.viewer.role).items()
        ),
        values=values_of(choices, selection.standard, selection.cycle, selection.stage, parts=parts),
        groupings=tuple(groupings(selection, choices, warehouse.viewer.role)),
        choices=choices,
    )


def _table(warehouse: Warehouse, name: str, title: str) -> Table:
    choices = read_choices(warehouse)
    selection = Selection.from_params({}, choices)
    export = gather(
        Request(name),
        warehouse=warehouse,
        selection=selection,
        choices=choices,
        standard=read_standard(warehouse, selection.standard),
        cities=cohort_size(warehouse, selection)[0],
    )
    words = export.codebook.itertuples(index=False)
    columns = tuple((str(row.column), str(row.type), str(row.description)) for row in words)
    rows = int(dict(export.receipt.facts)["rows"].replace(",", ""))
    return Table(name, title, rows, tuple(shapes(name)), columns)
