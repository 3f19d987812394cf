"""Who is selected, worked out from what is kept of every city: those of the piece `cohort`, without asking for them.

Every page asks for their number, and each of its selections is a new one, so that no answer of before would help.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.queries.cohort import question
from lib.selection import Selection
from lib.warehouse import Warehouse

Codes = NDArray[np.intp]

_ASSESSED = """
select
    participation,
    if(city_score.city_id is null, null, coalesce(level, $no_level)) as level,
    list(enum_code(assessment.city_id)) as codes
from assessment
left join city_score using (standard_id, city_id, cycle, stage)
where assessment.standard_id = try_cast($standard as standard_id)
    and assessment.stage = try_cast($stage as stage)
    and assessment.cycle = try_cast($cycle as cycle_label)
group by all
"""
_ATTRIBUTES = "select attribute_id, value, list(enum_code(city_id)) as codes from city_attribute group by all"


@dataclass(frozen=True, slots=True)
class _Alike:
    """Cities that were assessed in one cycle and stage and came out alike: `level` None = without a score's row."""

    participation: str
    level: str | None
    codes: Codes


def codes_selected(warehouse: Warehouse, selection: Selection) -> Codes:
    """The cities selected, in no order, by their codes in the database."""
    codes = [
        alike.codes
        for alike in _alike(warehouse, selection)
        if (not selection.levels or alike.level in selection.levels)
        and (not selection.participation or alike.participation in selection.participation)
    ]
    found: Codes = np.concatenate([np.array([], np.intp), *codes])
    known = warehouse.once(_by_value) if selection.attributes else {}
    for attribute, values in selection.attributes:
        fitting = [known[attribute, value] for value in values if (attribute, value) in known]
        found = found[np.isin(found, np.concatenate([found[:0], *fitting]))]
    return found


def assessed(warehouse: Warehouse, selection: Selection) -> int:
    """How many were assessed in the selected cycle and stage."""
    return sum(len(alike.codes) for alike in _alike(warehouse, selection))


def _alike(warehouse: Warehouse, selection: Selection) -> tuple[_Alike, ...]:
    return warehouse.once(_read, Selection(selection.standard, selection.cycle, selection.stage))


def _read(warehouse: Warehouse, whole: Selection) -> tuple[_Alike, ...]:
    rows = warehouse.arrow(*question(whole, _ASSESSED, {})).to_pylist()
    return tuple(_Alike(row["participation"], row["level"], _codes(row)) for row in rows)


def _by_value(warehouse: Warehouse, _: str) -> Mapping[tuple[str, str], Codes]:
    """(Attribute id, value) → codes of the cities that have it."""
    rows = warehouse.arrow(_ATTRIBUTES).to_pylist()
    return MappingProxyType({(row["attribute_id"], row["value"]): _codes(row) for row in rows})


def _codes(row: Mapping[str, Any]) -> Codes:
    return np.array(row["codes"], np.intp)
