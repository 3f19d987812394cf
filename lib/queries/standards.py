"""The standard as this version of the database holds it: what its answers were scored by, whatever the files say."""

from collections.abc import Hashable
from itertools import groupby
from operator import attrgetter
from typing import Any

import pandas as pd

from lib.standard import Area, Boundary, Criterion, Family, Level, Prerequisite, Standard
from lib.warehouse import Warehouse, WarehouseMissing, located

_STANDARD = "select * from standard where standard_id = try_cast($standard as standard_id)"
_CRITERIA = """
select
    area.area_id,
    area.name as area,
    criterion_id as id,
    short_name,
    text,
    criterion.weight,
    reworded_later
from criterion
join area using (standard_id, area_id)
where standard_id = try_cast($standard as standard_id)
order by criterion.position
"""
_LEVELS = """
select level, minimum, band from level where standard_id = try_cast($standard as standard_id) order by position
"""
_BOUNDARIES = """
select score, note from boundary where standard_id = try_cast($standard as standard_id) order by score
"""
_PREREQUISITES = """
select criterion_id, requires from prerequisite where standard_id = try_cast($standard as standard_id) order by all
"""
_FAMILIES = """
select
    family_id as id,
    family.name,
    description,
    criterion_id,
    serves
from family
join family_criterion using (standard_id, family_id)
join criterion using (standard_id, criterion_id)
where standard_id = try_cast($standard as standard_id)
order by family.position, criterion.position
"""


def read_standard(warehouse: Warehouse, standard_id: str) -> Standard:
    """The standard with this id. Graded answers are not kept in the database, so `grades` is empty.

    Raises KeyError when the database has no such standard; ids come from `read_choices`.
    """
    return warehouse.once(_read, standard_id)


_known: dict[Hashable, Standard] = {}
_MOST = 16


def _read(warehouse: Warehouse, standard_id: str) -> Standard:
    """Standards are public and every viewer has their tables whole: read once for all viewers of a published file."""
    try:
        key = (located(warehouse.path), standard_id)
    except WarehouseMissing:  # a newer version took its place while this one is being read
        return _asked(warehouse, standard_id)
    if key not in _known:
        if len(_known) >= _MOST:
            _known.clear()
        _known[key] = _asked(warehouse, standard_id)
    return _known[key]


def _asked(warehouse: Warehouse, standard_id: str) -> Standard:
    known: dict[str, Any] = {"standard": standard_id}
    rows = warehouse.fetch(_STANDARD, known).to_dict("records")
    if not rows:
        raise KeyError(standard_id)
    return Standard(
        id=standard_id,
        **{key: rows[0][key] for key in ("name", "version", "source", "noun", "noun_plural", "aggregation")},
        valid_from="" if pd.isna(rows[0]["valid_from"]) else str(rows[0]["valid_from"]),
        areas=_areas(warehouse.fetch(_CRITERIA, known)),
        levels=tuple(Level(*row) for row in warehouse.fetch(_LEVELS, known).itertuples(index=False)),
        boundaries=tuple(Boundary(*row) for row in warehouse.fetch(_BOUNDARIES, known).itertuples(index=False)),
        prerequisites=tuple(
            Prerequisite(*row) for row in warehouse.fetch(_PREREQUISITES, known).itertuples(index=False)
        ),
        families=_families(warehouse.fetch(_FAMILIES, known)),
    )


def _areas(rows: pd.DataFrame) -> tuple[Area, ...]:
    by_area = groupby(rows.itertuples(), attrgetter("area_id", "area"))
    return tuple(Area(id_, name, tuple(_criterion(row) for row in group)) for (id_, name), group in by_area)


def _families(rows: pd.DataFrame) -> tuple[Family, ...]:
    by_family = groupby(rows.itertuples(), attrgetter("id", "name", "description"))
    return tuple(_family(*about, list(group)) for about, group in by_family)


def _family(id_: str, name: str, description: str, rows: list[Any]) -> Family:
    """`rows`: of itertuples, one for each criterion."""
    serves = tuple((row.criterion_id, row.serves) for row in rows if not pd.isna(row.serves))
    return Family(id_, name, description, tuple(row.criterion_id for row in rows), serves)


def _criterion(row: Any) -> Criterion:  # noqa: ANN401  (a row of itertuples has no type of its own)
    return Criterion(row.id, row.short_name, row.text, float(row.weight), bool(row.reworded_later))
