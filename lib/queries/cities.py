"""The cities of the cohort, and those that are close to the next level."""

import pandas as pd

from lib.queries.cohort import ask
from lib.selection import NEAR, Selection
from lib.warehouse import Warehouse

_CITIES = """
select
    city.city_id,
    city.name,
    cohort.participation,
    city_scores.met,
    city_scores.answered,
    city_scores.asked,
    city_scores.score,
    city_scores.share,
    coalesce(city_scores.level, $no_level) as level,
    coalesce(city_scores.level_position, 0) as level_position,
    city_scores.next_level,
    city_scores.to_next,
    city_scores.boundary_note,
    earlier.score as versus_score,
    city_scores.score - earlier.score as score_change
from city_scores
join city using (city_id)
join cohort using (city_id)
left join city_scores_before as earlier using (city_id)
order by strip_accents(lower(city.name)), enum_code(city.city_id)
"""

_CITY_NAMES = """
select city.city_id, city.name
from city
where city.city_id in (select city_id from assessment where standard_id = try_cast($standard as standard_id))
order by strip_accents(lower(city.name)), enum_code(city.city_id)
"""


def cities(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per city of the cohort, by name.

    city_id, name, participation, met, answered, asked, score, share, level ('No level' below the first),
    level_position, next_level and to_next (in units of the score; null at the top), boundary_note, versus_score and
    score_change (null where the city is not in the compared cycle).
    """
    return ask(warehouse, selection, _CITIES)


def near_misses(warehouse: Warehouse, selection: Selection, within: float = NEAR) -> pd.DataFrame:
    """One row per city of the cohort within `within` of the next level, nearest first; columns of `cities`."""
    everyone = cities(warehouse, selection)
    return everyone[everyone["to_next"] <= within].sort_values("to_next", kind="stable", ignore_index=True)


def city_names(warehouse: Warehouse, standard_id: str) -> pd.DataFrame:
    """One row per city ever assessed under the standard, by name: city_id, name."""
    return warehouse.fetch(_CITY_NAMES, {"standard": standard_id})
