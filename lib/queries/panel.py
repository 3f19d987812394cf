"""Every city of two cycles side by side: who stayed, came and left, and what the mean's change is made of."""

import numpy as np
import pandas as pd

from lib.queries.cohort import ask
from lib.queries.crosswalk import Against, bound
from lib.selection import MINIMUM_N, Selection
from lib.stats.decomposition import split_change
from lib.stats.regression import expected_change
from lib.warehouse import Warehouse

_SCORES = """
select
    city.city_id,
    city.name,
    earlier.score as before,
    current.score as now,
    earlier.score as whole_before,
    current.score as whole_now,
    earlier.level_position as level_before,
    current.level_position as level_now
from city_scores as current
full join city_scores_before as earlier using (city_id)
join city on city.city_id = coalesce(current.city_id, earlier.city_id)
order by strip_accents(lower(city.name)), enum_code(city.city_id)
"""
_COMMON = """
with paired as (
    select criterion_id, other_criterion
    from crossing
    where standard_id = try_cast($standard as standard_id)
        and other_standard = try_cast($versus_standard as standard_id)
        and relation = any($compared)
),
common as (
    select city_id, count(*) filter (status = 'met') as met
    from answers
    join paired using (criterion_id)
    group by city_id
    having count(credit) > 0
),
common_before as (
    select city_id, count(*) filter (status = 'met') as met
    from answers_before
    join paired on other_criterion = answers_before.criterion_id
    group by city_id
    having count(credit) > 0
),
today as (
    select city_id, common.met as now, city_scores.met as whole_now from common join city_scores using (city_id)
),
once as (
    select city_id, common_before.met as before, city_scores_before.met as whole_before
    from common_before
    join city_scores_before using (city_id)
)
select
    city.city_id,
    city.name,
    before::double as before,
    now::double as now,
    whole_before::double as whole_before,
    whole_now::double as whole_now,
    null::integer as level_before,
    null::integer as level_now
from today
full join once using (city_id)
join city on city.city_id = coalesce(today.city_id, once.city_id)
order by strip_accents(lower(city.name)), enum_code(city.city_id)
"""


def city_changes(warehouse: Warehouse, selection: Selection, against: Against) -> pd.DataFrame:
    """One row per city of either cycle, by name: city_id, name, before, now (its scores; null where it has none).

    level_before, level_now (positions, 0 = no level; null where it is absent). Across standards, before and now count
    the criteria met of those that both standards ask, whole_before and whole_now all of them, cities that answered
    none of the shared ones are left out, and there are no levels: each standard has its own rule. Within one standard
    the whole scores are the same as the scores.
    """
    across = against.standard != selection.standard
    return ask(warehouse, selection, _COMMON if across else _SCORES, **bound(against, across=across))


def change_parts(warehouse: Warehouse, selection: Selection, against: Against) -> pd.DataFrame:
    """One row per part of the change of the mean: 'before', 'panel', 'entrants', 'leavers', 'standard', 'now'.

    part, cities (n behind it; the standard's part has none), value (the mean, or what the part adds to it, in units of
    the score), low, high (95 % interval of the panel's), start, end (from where to where it takes the mean). The parts
    add up exactly; 'standard' is there only across standards. No rows where fewer than the minimum are in both cycles.
    """
    return warehouse.computed(_parts, selection, against)


def movements(cities: pd.DataFrame) -> pd.DataFrame:
    """One row per city with a score in both cycles, by name: city_id, name, before, now, change, expected, place.

    `cities`: city_changes. expected: the change that cities with its start made on average, on a straight line (null
    where all started alike); place: "1", or "2–4" where equal changes share it, the greatest gain first.
    """
    both = cities.dropna(subset=["before", "now"])[["city_id", "name", "before", "now"]].reset_index(drop=True)
    start = both["before"].to_numpy(np.float64)
    both["change"] = (both["now"] - both["before"]).round(9)
    both["expected"] = expected_change(start, both["now"].to_numpy(np.float64)).change(start)
    first, last = (both["change"].rank(method=method, ascending=False).astype(int) for method in ("min", "max"))
    both["place"] = [f"{a}" if a == b else f"{a}–{b}" for a, b in zip(first, last, strict=True)]
    return both


def _parts(warehouse: Warehouse, selection: Selection, against: Against) -> pd.DataFrame:
    cities = city_changes(warehouse, selection, against)
    scores = (cities[name].to_numpy(np.float64) for name in ("before", "now", "whole_before", "whole_now"))
    parts = split_change(*scores)
    rows = [
        ("before", parts.n_before, parts.before),
        ("panel", parts.n_panel, parts.panel),
        ("entrants", parts.n_entrants, parts.entrants),
        ("leavers", parts.n_leavers, parts.leavers),
        *([("standard", 0, parts.standard)] if against.standard != selection.standard else []),
        ("now", parts.n_now, parts.now),
    ]
    data = pd.DataFrame(rows, columns=["part", "cities", "value"]).assign(low=np.nan, high=np.nan)
    data.loc[data["part"] == "panel", ["low", "high"]] = parts.low, parts.high
    ends = data["value"].cumsum().where(data["part"] != "now", data["value"])
    starts = (ends - data["value"]).where(~data["part"].isin(["before", "now"]), ends)
    return data.assign(start=starts, end=ends)[: len(data) if parts.n_panel >= MINIMUM_N else 0]
