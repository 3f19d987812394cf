"""The segments of a selection beside one another: the cities of the cohort that are in each of them.

A city may be in two segments and counts in both. A segment with nobody in it has no rows, except in `segment_figures`.
"""

from collections.abc import Sequence

import pandas as pd

from lib.queries.areas import MEASURES, area_grid_by_attribute, with_interval
from lib.queries.cohort import ask
from lib.queries.families import AREAS, as_areas, of
from lib.selection import SEGMENT, Selection
from lib.stats.paired import mean_interval
from lib.warehouse import Warehouse

_FIGURES = """
with totals as (
    select
        segment,
        count(*) as cities,
        count(city_scores.score) as scored,
        median(city_scores.score) as middle,
        sum(city_scores.answered)::bigint as answered,
        sum(city_scores.asked)::bigint as asked,
        count(*) filter (city_scores.level_position > 0) as reached,
        count(*) filter (city_scores.to_next <= $near) as near_misses,
        count(city_scores.share - earlier.share) as panel,
        avg(city_scores.share - earlier.share) as moved,
        stddev_samp(city_scores.share - earlier.share) as deviation
    from city_scores
    join segments using (city_id)
    left join city_scores_before as earlier using (city_id)
    group by segment
)
select
    segment,
    cities,
    if(scored >= $minimum, middle, null) as median_score,
    answered,
    asked,
    reached,
    if(told, reached / cities, null) as reached_rate,
    if(told, wilson_low(reached, cities), null) as reached_low,
    if(told, wilson_high(reached, cities), null) as reached_high,
    near_misses,
    panel,
    if(panel >= $minimum, moved, null) as change,
    if(panel >= $minimum, deviation, null) as deviation
from (
    select
        *,
        cities >= $minimum and exists (from level where standard_id = try_cast($standard as standard_id)) as told
    from totals
)
order by segment
"""

_UNKNOWN = """
select city_id
from (select unnest($cities::text[]) as city_id)
anti join (select city_id::text as city_id from city) using (city_id)
order by city_id
"""

_SHARED = """
select count(*) as cities
from (
    select city_id from segments join cohort using (city_id) group by city_id having count(*) > 1
)
"""

_AREAS = """
with grouped as (
    select
        0 as segment,
        area_id,
        {measures}
    from area_scores
    group by area_id
    union all
    select
        segment,
        area_id,
        {measures}
    from area_scores
    join segments using (city_id)
    group by segment, area_id
)
select
    segment,
    area.area_id,
    area.name as area,
    met,
    asked,
    answered,
    share,
    cities,
    members,
    median,
    spread,
    segment = 0 as pinned
from grouped
join area using (area_id)
where area.standard_id = try_cast($standard as standard_id)
order by segment, area.position
""".replace("{measures}", MEASURES)


def segment_figures(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per segment, in their order: segment (its name), words (what it is made of), cities (of the cohort).

    median_score, answered, asked, near_misses, reached (cities on a level) with reached_rate, reached_low,
    reached_high (Wilson 95 %), panel (cities with a score in the compared cycle too) with change, low, high: the mean
    change of their share of criteria met (paired t, 95 %). Null under the minimum number of cities.
    """
    rows = ask(warehouse, selection, _FIGURES).set_index("segment").reindex(range(1, len(selection.segments) + 1))
    low, high = mean_interval(*(rows[name].to_numpy(float) for name in ("change", "deviation", "panel")))
    rows = rows.drop(columns="deviation").assign(low=low, high=high)
    counts = ["cities", "answered", "asked", "reached", "near_misses", "panel"]
    named = pd.DataFrame([{"segment": segment.name, "words": segment.words} for segment in selection.segments])
    return pd.concat([named, rows.assign(**rows[counts].fillna(0).astype(int)).reset_index(drop=True)], axis=1)


def unknown_cities(warehouse: Warehouse, cities: Sequence[str]) -> list[str]:
    """Those of the ids that no city of this database has."""
    return list(warehouse.fetch(_UNKNOWN, {"cities": tuple(cities)})["city_id"]) if cities else []


def shared_cities(warehouse: Warehouse, selection: Selection) -> int:
    """How many cities of the cohort are in more than one segment."""
    return int(ask(warehouse, selection, _SHARED)["cities"].iloc[0])


def areas_by(warehouse: Warehouse, selection: Selection, split: str, *, columns: str = AREAS) -> pd.DataFrame:
    """The area grid with the cohort pinned first, then a row per segment, or per value of the attribute `split`."""
    if split == SEGMENT:
        return area_grid_by_segment(warehouse, selection, columns=columns)
    return area_grid_by_attribute(warehouse, selection, split, columns=columns)


def area_grid_by_segment(
    warehouse: Warehouse, selection: Selection, *, cohort: str = "All selected", columns: str = AREAS
) -> pd.DataFrame:
    """The grid of lib.queries.areas with the cohort pinned first, then a row per segment."""
    grid = with_interval(as_areas(ask(warehouse, selection, of(columns, _AREAS))))
    places = grid["segment"].astype(str)
    ids = places.where(~grid["pinned"], "cohort")
    return grid.assign(row_id=ids, row_label=_named(grid["segment"], selection, cohort)).drop(columns="segment")


def _named(places: pd.Series, selection: Selection, cohort: str) -> pd.Series:
    names = [cohort, *(segment.name for segment in selection.segments)]
    return pd.Series([names[place] for place in places], index=places.index, dtype="str")
