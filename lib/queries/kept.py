"""Everybody's answers of one cycle and stage, kept once per version: what single cities answered, whoever asks.

To look some twenty cities up among half a million answers takes the database three to six milliseconds, nearly all of
it planning and scanning, and every page about a city asks several times.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.queries.cohort import question
from lib.selection import Selection
from lib.warehouse import Warehouse

Whole = NDArray[np.intp]

# An answer's kind is its status with its credit: there are few, so a table of them needs a byte for each answer.
_ANSWERS = """
select criterion_id::text as criterion_id, status::text as status, credit, list(enum_code(city_id)) as codes
from response
where standard_id = try_cast($standard as standard_id)
    and stage = try_cast($stage as stage)
    and cycle = try_cast($cycle as cycle_label)
group by all
order by all
"""
_CODES = "select city_id::text as city_id, enum_code(city_id) as code from city"


@dataclass(frozen=True, slots=True)
class Kept:
    """`kind`: criterion × city code, the place in `status` and `credit` (NaN = none); 0, an empty text, is no answer's.

    `criteria`: ids of those with an answer, row for row.
    """

    criteria: NDArray[np.object_]
    status: NDArray[np.object_]
    credit: NDArray[np.float64]
    kind: NDArray[np.unsignedinteger[Any]]

    def of(self, codes: Whole) -> NDArray[np.unsignedinteger[Any]]:
        """Criterion × these cities: the kind of each answer. A code below 0 is nobody's."""
        known = (codes >= 0) & (codes < self.kind.shape[1])
        found: NDArray[np.unsignedinteger[Any]] = np.where(known, self.kind[:, np.where(known, codes, 0)], 0)
        return found


def kept_answers(warehouse: Warehouse, selection: Selection) -> Kept:
    """The answers of the selected cycle and stage, whoever is selected."""
    return warehouse.once(_read, Selection(selection.standard, selection.cycle, selection.stage))


def codes_of(warehouse: Warehouse, cities: Sequence[str]) -> Whole:
    """The code of each city in the database; -1 where it has none."""
    codes = warehouse.once(_codes)
    return np.array([codes.get(city, -1) for city in cities], np.intp)


def _read(warehouse: Warehouse, whole: Selection) -> Kept:
    rows = warehouse.arrow(*question(whole, _ANSWERS, {}))
    ids, statuses, credits = (rows[name].to_pylist() for name in ("criterion_id", "status", "credit"))
    criteria = {id_: place for place, id_ in enumerate(dict.fromkeys(ids))}
    kinds = {
        kind: place for place, kind in enumerate([("", None), *dict.fromkeys(zip(statuses, credits, strict=True))])
    }
    lists = rows["codes"].combine_chunks()
    codes = lists.flatten().to_numpy(zero_copy_only=False)
    many = np.diff(lists.offsets.to_numpy())
    table = np.zeros((len(criteria), int(codes.max(initial=0)) + 1), np.min_scalar_type(len(kinds)))
    kind = np.array([kinds[row] for row in zip(statuses, credits, strict=True)], table.dtype)
    table[np.repeat(np.array([criteria[id_] for id_ in ids], np.intp), many), codes] = np.repeat(kind, many)
    told = [*zip(*kinds, strict=True)]
    return Kept(np.array([*criteria], object), np.array(told[0], object), np.array(told[1], np.float64), table)


def _codes(warehouse: Warehouse, _: str) -> Mapping[str, int]:
    rows = warehouse.arrow(_CODES)
    return MappingProxyType(dict(zip(rows["city_id"].to_pylist(), rows["code"].to_pylist(), strict=True)))
