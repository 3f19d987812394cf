"""The cohort in a few numbers."""

import pandas as pd

from lib.queries.cohort import ask
from lib.queries.selected import assessed, codes_selected
from lib.selection import Selection
from lib.warehouse import Warehouse

_ASKED = """
select coalesce(max(asked), 0) as asked
from criterion_rate
where standard_id = try_cast($standard as standard_id)
    and stage = try_cast($stage as stage)
    and cycle = try_cast($cycle as cycle_label)
"""

_KEY_FIGURES = """
with periods as (
    select 'now' as period, cycle, score, met, answered, asked, level_position, to_next from city_scores
    union all
    select 'versus', cycle, score, met, answered, asked, level_position, to_next from city_scores_before
),
totals as (
    select
        period,
        any_value(cycle) as cycle,
        count(*) as cities,
        count(score) as scored,
        median(score) as middle,
        sum(met)::bigint as met,
        sum(answered)::bigint as answered,
        sum(asked)::bigint as asked,
        count(*) filter (level_position > 0) as reached,
        count(*) filter (to_next <= $near) as near_misses,
        count(*) filter (level_position > 0 and to_next is null) as at_top
    from periods
    group by period
)
select
    period,
    cycle,
    cities,
    (select count(*) from panel) as panel,
    if(scored >= $minimum, middle, null) as median_score,
    (select score_max from standard where standard_id = try_cast($standard as standard_id)) as score_max,
    met,
    answered,
    asked,
    answered / asked as coverage,
    reached,
    if(told, reached / cities, null) as reached_rate,
    if(told, wilson_low(reached, cities), null) as reached_low,
    if(told, wilson_high(reached, cities), null) as reached_high,
    near_misses,
    at_top
from (
    select
        *,
        cities >= $minimum and exists (from level where standard_id = try_cast($standard as standard_id)) as told
    from totals
)
order by period
"""

_LEVELS_BY_CYCLE = """
with ladder as (
    select $no_level as level, 0 as level_position
    where exists (from level where standard_id = try_cast($standard as standard_id))
    union all
    select level, position from level where standard_id = try_cast($standard as standard_id)
),
assessed as (
    select cycle, count(*) as assessed from members group by cycle
),
reaching as (
    select cycle, coalesce(city_score.level_position, 0) as level_position, count(*) as cities
    from city_score
    join members using (cycle, city_id)
    where standard_id = try_cast($standard as standard_id) and stage = try_cast($stage as stage)
    group by all
)
select
    assessed.cycle,
    ladder.level,
    ladder.level_position,
    coalesce(reaching.cities, 0) as cities,
    assessed.assessed,
    if(assessed >= $minimum, coalesce(reaching.cities, 0) / assessed, null) as share,
    if(assessed >= $minimum, wilson_low(coalesce(reaching.cities, 0), assessed), null) as low,
    if(assessed >= $minimum, wilson_high(coalesce(reaching.cities, 0), assessed), null) as high
from assessed
cross join ladder
left join reaching using (cycle, level_position)
order by assessed.cycle, ladder.level_position
"""


def cohort_size(warehouse: Warehouse, selection: Selection) -> tuple[int, int]:
    """Cities selected, and all cities assessed in that cycle and stage.

    The public knows no city: both are how many were asked the criterion that most were asked.
    """
    everybody = assessed(warehouse, selection)
    if everybody:
        return len(codes_selected(warehouse, selection)), everybody
    asked = int(ask(warehouse, selection, _ASKED)["asked"].iloc[0])
    return asked, asked


def key_figures(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per period with cities in it: 'now', and 'versus' for the compared cycle.

    period, cycle, cities, panel (cities in both), median_score (null under the minimum number of cities), score_max,
    met, answered, asked (criteria of all cities together), coverage = answered ÷ asked,
    reached (cities on a level) with reached_rate, reached_low, reached_high (their share and its Wilson 95 % interval;
    null under the minimum, and where the standard has no levels), near_misses (cities that lack at most NEAR of the
    next level), at_top (cities on the highest level).
    """
    return ask(warehouse, selection, _KEY_FIGURES)


def levels_by_cycle(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per cycle and level, 'No level' first: cycle, level, level_position, cities, assessed,
    share with low and high (Wilson 95 %; null under the minimum number of cities).

    A city without a score has no level. No rows where the standard has no levels.
    """
    return ask(warehouse, selection, _LEVELS_BY_CYCLE)
