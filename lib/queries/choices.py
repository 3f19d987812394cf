"""What can be selected in this version of the database."""

from itertools import groupby
from operator import attrgetter

import pandas as pd

from lib.selection import STAGES, Attribute, Choices, Cycle, StandardChoice
from lib.warehouse import Warehouse

_STANDARDS = "select standard_id as id, name, noun, noun_plural from standard order by position"
_LEVELS = "select standard_id, level from level order by standard_id, position"
# The public knows no assessment, but rates of whole cycles.
_CYCLES = """
select standard_id, cycle, stage from assessment
union
select standard_id, cycle, stage from criterion_rate
order by all
"""
_ATTRIBUTES = """
select distinct attribute_id as id, attribute.name, attribute.position, city_attribute.value
from attribute
join city_attribute using (attribute_id)
order by attribute.position, city_attribute.value
"""


def read_choices(warehouse: Warehouse) -> Choices:
    """Everything a reader can select: standards with their cycles, stages and levels, and category attributes."""
    return warehouse.once(_read)


def _read(warehouse: Warehouse, _: str) -> Choices:
    cycles, levels = warehouse.fetch(_CYCLES), warehouse.fetch(_LEVELS)
    standards = warehouse.fetch(_STANDARDS).itertuples()
    return Choices(
        standards=tuple(
            StandardChoice(
                id=row.id,
                name=row.name,
                noun=row.noun,
                noun_plural=row.noun_plural,
                cycles=_cycles(cycles[cycles["standard_id"] == row.id]),
                levels=tuple(levels.loc[levels["standard_id"] == row.id, "level"]),
            )
            for row in standards
        ),
        attributes=_attributes(warehouse.fetch(_ATTRIBUTES)),
    )


def _cycles(rows: pd.DataFrame) -> tuple[Cycle, ...]:
    by_label = groupby(rows.itertuples(), attrgetter("cycle"))
    present = {label: {row.stage for row in group} for label, group in by_label}
    return tuple(Cycle(label, tuple(id_ for id_ in STAGES if id_ in stages)) for label, stages in present.items())


def _attributes(rows: pd.DataFrame) -> tuple[Attribute, ...]:
    by_id = groupby(rows.itertuples(), attrgetter("id", "name"))
    return tuple(Attribute(id_, name, tuple(row.value for row in group)) for (id_, name), group in by_id)
