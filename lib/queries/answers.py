"""The answers of a cohort as a matrix, cities × criteria, for what has to look at every city and criterion at once."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.queries.cohort import ask
from lib.queries.standards import read_standard
from lib.selection import Selection
from lib.warehouse import Warehouse

Flags = NDArray[np.bool_]

# A city's answers leave the database as bits: 10,000 cities are then as many rows, not 430,000.
BITS = 62
_MASKS = """
select
    enum_code(response.city_id) as city,
    response.stage,
    (criterion.position - 1) // 62 as word,
    bit_or(if(status = 'met', 1::bigint << ((criterion.position - 1) % 62), 0)) as met,
    bit_or(if(credit is null, 0, 1::bigint << ((criterion.position - 1) % 62))) as answered
from response
join criterion using (standard_id, criterion_id)
where response.standard_id = try_cast($standard as standard_id)
    and response.cycle = try_cast($cycle as cycle_label)
    and list_contains($stages, response.stage::text)
    and response.city_id in (select city_id from cohort)
group by all
order by all
"""


@dataclass(frozen=True, slots=True)
class Answers:
    """Which criteria each city met, and which it answered; cities × criteria, the criteria in the standard's order.

    `city` is the enum code of each city, ascending.
    """

    city: NDArray[np.int64]
    met: Flags
    answered: Flags


def answers_at(warehouse: Warehouse, selection: Selection, *stages: str) -> list[Answers]:
    """The answers of the cohort's cities in the selected cycle at each stage; every matrix has the same cities."""
    masks = ask(warehouse, selection, _MASKS, stages=stages)
    criteria = len(read_standard(warehouse, selection.standard).criteria)
    cities = np.unique(masks["city"].to_numpy(np.int64))
    return [_unpacked(masks[masks["stage"] == stage], cities, criteria) for stage in stages]


def _unpacked(masks: pd.DataFrame, cities: NDArray[np.int64], criteria: int) -> Answers:
    row = np.searchsorted(cities, masks["city"].to_numpy(np.int64))
    met, answered = (np.zeros((len(cities), criteria), bool) for _ in range(2))
    word = masks["word"].to_numpy(np.int64)
    for start in range(0, criteria, BITS):
        on = word == start // BITS
        bits = np.arange(min(BITS, criteria - start))
        for flags, name in ((met, "met"), (answered, "answered")):
            given = masks[name].to_numpy(np.int64)[on]
            flags[row[on], start : start + BITS] = given[:, None] >> bits & 1
    return Answers(cities, met, answered)
