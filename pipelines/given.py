"""What the people who own the words decided, written into a database that is being built."""

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from lib.standard import Standard
from pipelines.layouts.quoting import literal

ATTRIBUTES = Path(__file__).parent.parent / "data" / "attributes.toml"
Row = Sequence[object]


def fill(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Row]) -> None:
    """Insert rows. Written out rather than bound: the first bound value makes DuckDB import pandas (0.35 s)."""
    values = [f"({', '.join(map(value, row))})" for row in rows]
    for start in range(0, len(values), 1000):
        connection.execute(f"insert into {table} values {', '.join(values[start : start + 1000])}")  # noqa: S608


def value(given: object) -> str:
    """A value in SQL; a tuple is a list."""
    if given is None:
        return "null"
    if isinstance(given, bool | int | float):
        return str(given)
    if isinstance(given, tuple):
        return f"[{', '.join(map(value, given))}]"
    return literal(str(given))


def give_standards(connection: duckdb.DuckDBPyConnection, standards: Sequence[Standard]) -> None:
    """Write the standards, in the order in which the database shows them, and the crosswalks between them."""
    fill(connection, "given_crosswalk", _crosswalk_rows(standards))
    for position, standard in enumerate(standards, 1):
        fill(connection, "given_standard", [_standard_row(standard, position)])
        areas = list(enumerate(standard.areas, 1))
        fill(connection, "given_area", [(standard.id, area.id, area.name, place) for place, area in areas])
        fill(connection, "given_criterion", _criterion_rows(standard))
        levels = list(enumerate(standard.levels, 1))
        fill(connection, "given_level", [(standard.id, x.name, place, x.minimum, x.band) for place, x in levels])
        fill(connection, "given_boundary", [(standard.id, x.score, x.note) for x in standard.boundaries])
        fill(connection, "given_prerequisite", [(standard.id, x.criterion, x.requires) for x in standard.prerequisites])
        families = list(enumerate(standard.families, 1))
        fill(connection, "given_family", [(standard.id, x.id, x.name, x.description, place) for place, x in families])
        fill(connection, "given_family_criterion", _family_rows(standard))


def _crosswalk_rows(standards: Sequence[Standard]) -> list[Row]:
    """Only between standards that are both in the database: elsewhere there is nothing to compare."""
    used = {standard.id for standard in standards}
    return [
        (walk.before, walk.after, row.before or None, row.after or None, row.relation, row.note, walk.source)
        for standard in standards
        for walk in standard.crosswalks
        if walk.before in used
        for row in walk.rows
    ]


def _standard_row(standard: Standard, position: int) -> Row:
    return (
        standard.id,
        standard.name,
        standard.version,
        standard.valid_from,
        standard.source,
        standard.noun,
        standard.noun_plural,
        standard.aggregation,
        position,
    )


def _criterion_rows(standard: Standard) -> list[Row]:
    area_of = {criterion.id: area.id for area in standard.areas for criterion in area.criteria}
    return [
        (standard.id, c.id, area_of[c.id], c.short_name, c.text, place, c.weight, c.reworded_later)
        for place, c in enumerate(standard.criteria, 1)
    ]


def _family_rows(standard: Standard) -> list[Row]:
    return [
        (standard.id, family.id, criterion, dict(family.serves).get(criterion))
        for family in standard.families
        for criterion in family.criteria
    ]


def give_attributes(connection: duckdb.DuckDBPyConnection, path: Path = ATTRIBUTES) -> None:
    """Write the known attributes with every header they go by, and the bands derived from numbers."""
    known = tomllib.loads(path.read_text(encoding="utf-8"))["attribute"]
    fill(connection, "given_attribute", [row for place, x in enumerate(known, 1) for row in _headers(x, place)])
    fill(connection, "given_band", [row for attribute in known for row in _bands(attribute)])


def _headers(attribute: dict[str, Any], place: int) -> list[Row]:
    return [(attribute["id"], attribute["name"], header, place) for header in attribute["headers"]]


def _bands(attribute: dict[str, Any]) -> list[Row]:
    bands = attribute.get("bands", {})
    steps = enumerate(bands.get("steps", []), 1)
    return [(bands["id"], bands["name"], attribute["id"], x["label"], x["from"], place) for place, x in steps]
