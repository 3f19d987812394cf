"""Each segment of the selection as a row beside the others, on the pages that ask who is near, what changed, what next.

Segments are in the selection's order. A city may be in several of them, or in none; who is filtered out counts in none.
"""

import numpy as np
import pandas as pd

from lib.queries.cohort import ask
from lib.queries.criteria import criterion_rates_by
from lib.queries.crosswalk import Against
from lib.queries.families import AREAS
from lib.queries.panel import city_changes
from lib.queries.segments import area_grid_by_segment
from lib.queries.steps import Profile, next_steps_of
from lib.queries.workshops import taught_cities
from lib.selection import SEGMENT, Selection
from lib.stats.decomposition import split_change
from lib.warehouse import Warehouse

ROW = "segment:"
"""How the id of a segment's row in a grid begins; no id of a city has a colon."""

MEMBERS = "select segment, city_id from segments"
"""Whom a segment holds, whether assessed in the cycle or not; segments are numbered from 1."""
_NEAR = """
with counts as (
    select
        segment,
        next_level,
        grouping(next_level) = 1 as whole,
        count(*) as cities,
        count(*) filter (to_next <= $within) as near
    from city_scores
    join segments using (city_id)
    group by grouping sets ((segment), (segment, next_level))
)
select
    segment,
    if(whole, null, next_level) as next_level,
    cities,
    near,
    if(whole and cities >= $minimum, near / cities, null) as rate,
    if(whole and cities >= $minimum, wilson_low(near, cities), null) as low,
    if(whole and cities >= $minimum, wilson_high(near, cities), null) as high
from counts
where whole or near > 0
order by segment, whole desc, next_level
"""


def with_area_rows(
    warehouse: Warehouse, selection: Selection, grid: pd.DataFrame, *, columns: str = AREAS
) -> pd.DataFrame:
    """A grid of cities × practice areas (or families) with a pinned row per segment under the cohort's, if any."""
    if not selection.segments:
        return grid
    rows = area_grid_by_segment(warehouse, selection, columns=columns)
    return _under(grid, rows[~rows["pinned"]].assign(row_id=ROW + rows["row_id"]))


def with_criteria_rows(warehouse: Warehouse, selection: Selection, grid: pd.DataFrame) -> pd.DataFrame:
    """A grid of cities × criteria with a pinned row of pass rates per segment under the cohort's, if there are any."""
    if not selection.segments:
        return grid
    rates = criterion_rates_by(warehouse, selection, SEGMENT)
    places = rates["group"].map({segment.name: place for place, segment in enumerate(selection.segments, 1)})
    rows = rates.assign(row_id=ROW + places.astype(str), row_label=rates["group"], members=rates["group_cities"])
    return _under(grid, rows[rows["criterion_id"].isin(grid["criterion_id"])])


def near_beside(warehouse: Warehouse, selection: Selection, within: float) -> pd.DataFrame:
    """Rows per segment: its whole, then one per next level that some of its cities are near.

    segment (its name), next_level (null in the whole), cities (of the cohort), near (within `within` of the next
    level), and of the whole rate, low, high (Wilson 95 %; null under the minimum). An empty segment has its whole only.
    """
    rows = ask(warehouse, selection, _NEAR, within=within)
    empty = [place for place in range(1, len(selection.segments) + 1) if place not in set(rows["segment"])]
    none = pd.DataFrame({"segment": empty, "cities": 0, "near": 0})
    return _named(pd.concat([rows, none]).sort_values("segment", kind="stable", ignore_index=True), selection)


def taught_beside(
    warehouse: Warehouse, selection: Selection, criteria: tuple[str, ...], success: float
) -> pd.DataFrame:
    """One row per segment: segment (its name), cities (of the cohort), able (could go up a level if `criteria` were
    taught), expected (how many on average would, where each criterion is met with chance `success`).
    """
    taught = taught_cities(warehouse, selection, criteria, success).set_index("city_id")["chance"]
    cohort = ask(warehouse, selection, "select city_id from cohort")["city_id"]
    rows = []
    for place, members in _members(warehouse, selection):
        chances = taught[taught.index.isin(members)]
        rows.append((place, int(cohort.isin(members).sum()), len(chances), float(chances.sum())))
    return _named(pd.DataFrame(rows, columns=["segment", "cities", "able", "expected"]), selection)


def change_beside(warehouse: Warehouse, selection: Selection, against: Against) -> pd.DataFrame:
    """One row per segment: the change of its mean score in its parts, in units of the score.

    segment (its name), before, panel, low, high (95 % of the panel's), entrants, leavers, standard (0 within one
    standard), now, and the cities behind them: n_before, n_panel, n_entrants, n_leavers, n_now. Parts are null where
    fewer than the minimum are in both cycles.
    """
    return warehouse.computed(_changes, selection, against)


def steps_beside(warehouse: Warehouse, selection: Selection, profile: Profile) -> pd.DataFrame:
    """The rows of `next_steps` for each segment, with its name in `segment`; only criteria with enough cases."""
    parts = [
        next_steps_of(warehouse, selection, profile, place).assign(segment=segment.name)
        for place, segment in enumerate(selection.segments, 1)
    ]
    return pd.concat(parts, ignore_index=True).dropna(subset="pass_rate")


def _changes(warehouse: Warehouse, selection: Selection, against: Against) -> pd.DataFrame:
    cities = city_changes(warehouse, selection, against)
    rows = []
    for place, members in _members(warehouse, selection):
        own = cities[cities["city_id"].isin(members)]
        scores = (own[name].to_numpy(np.float64) for name in ("before", "now", "whole_before", "whole_now"))
        parts = split_change(*scores)
        rows.append({"segment": place} | {name: getattr(parts, name) for name in parts.__slots__})
    data = pd.DataFrame(rows)
    values = ["before", "panel", "low", "high", "entrants", "leavers", "standard", "now"]
    return _named(data.assign(**data[values].where(data["n_panel"] >= warehouse.minimum_n)), selection)


def _members(warehouse: Warehouse, selection: Selection) -> list[tuple[int, pd.Series]]:
    """The cities of each segment, whether in the cohort or not."""
    rows = ask(warehouse, selection, MEMBERS)
    places = range(1, len(selection.segments) + 1)
    return [(place, rows.loc[rows["segment"] == place, "city_id"]) for place in places]


def _under(grid: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The grid with these rows pinned after the cohort's."""
    known, whole = rows.assign(pinned=True), grid["pinned"]
    return pd.concat([grid[whole], known[[name for name in known if name in grid]], grid[~whole]], ignore_index=True)


def _named(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    names = {place: segment.name for place, segment in enumerate(selection.segments, 1)}
    return rows.assign(segment=rows["segment"].map(names))
