"""Cities that are nearly there: how far from the next level, and which criteria stand in the way."""

import pandas as pd

from lib.queries.cohort import ask
from lib.selection import NEAR, SIMILAR, Selection
from lib.warehouse import Warehouse

# A criterion stands in a city's way when the city was asked and does not meet it; no answer is told apart from a no.
_BOARD = """
with near as (
    select * from city_scores where to_next <= $within
),
held as (
    select
        city_id,
        count(*) filter (status in ('not_met', 'partly_met')) as not_met,
        count(*) filter (status = 'blocked') as blocked
    from answers
    semi join near using (city_id)
    group by city_id
)
select
    city.city_id,
    city.name,
    near.score,
    coalesce(near.level, $no_level) as level,
    near.level_position,
    near.next_level,
    near.to_next,
    near.boundary_note,
    coalesce(held.not_met, 0) as not_met,
    coalesce(held.blocked, 0) as blocked,
    near.asked - near.answered as unanswered
from near
join city using (city_id)
left join held using (city_id)
order by near.level_position desc, near.to_next, strip_accents(lower(city.name)), enum_code(city.city_id)
"""

_BLOCKERS = """
with near as (
    select city_id from city_scores where to_next <= $within
),
ways as (
    select
        criterion_id,
        count(*) filter (status in ('not_met', 'partly_met')) as not_met,
        count(*) filter (status = 'blocked') as blocked,
        count(*) filter (status in ('met', 'not_applicable')) as held
    from answers
    semi join near using (city_id)
    group by criterion_id
)
select
    criterion.criterion_id,
    criterion.short_name,
    criterion.text,
    area.area_id,
    area.name as area,
    near_misses,
    coalesce(not_met, 0) as not_met,
    coalesce(blocked, 0) as blocked,
    near_misses - coalesce(held, 0) as missing,
    missing - coalesce(not_met, 0) - coalesce(blocked, 0) as unanswered
from criterion
join area using (standard_id, area_id)
cross join (select count(*) as near_misses from near)
left join ways using (criterion_id)
where criterion.standard_id = try_cast($standard as standard_id) and missing > 0
order by missing desc, criterion.position
"""

# Rates of similar cities need no list of them: answers are counted by score once, then summed over a window of scores.
# The city itself is in its own window; it is taken out again, and it never met what stands in its way.
_IN_THE_WAY = """
with shown as materialized (
    select city_id, score from city_scores where city_id = any($cities)
),
band as materialized (
    select any_value(score_max) * $similar as width, min(score) - width as lowest, max(score) + width as highest
    from shown
    cross join standard
    where standard_id = try_cast($standard as standard_id)
),
scored as (
    select city_id, score
    from city_scores
    where score between (select lowest from band) and (select highest from band)
),
said as materialized (
    select city_id, criterion_id, status, credit from answers semi join scored using (city_id)
),
by_score as (
    select criterion_id, score, count(*) filter (status = 'met') as met, count(credit) as answered
    from said
    join scored using (city_id)
    group by all
),
alike as (
    select
        by_score.criterion_id,
        here.score,
        sum(met)::bigint as met,
        sum(answered)::bigint as answered
    from (select distinct score from shown) as here
    join by_score on abs(by_score.score - here.score) <= (select width from band)
    group by all
),
own as (
    select city_id, criterion_id, status, credit from said semi join shown using (city_id)
),
ways as (
    select
        shown.city_id,
        criterion.criterion_id,
        criterion.position,
        coalesce(own.status, 'not_answered'::status) as status,
        coalesce(alike.met, 0) as met,
        coalesce(alike.answered, 0) - (own.credit is not null)::int as answered
    from shown
    cross join (from criterion where standard_id = try_cast($standard as standard_id)) as criterion
    left join own on own.city_id = shown.city_id and own.criterion_id = criterion.criterion_id
    left join alike on alike.criterion_id = criterion.criterion_id and alike.score = shown.score
    where own.status is null or own.status not in ('met', 'not_applicable')
)
select
    city_id,
    criterion_id,
    status,
    met,
    answered,
    if(answered >= $minimum, met / answered, null) as pass_rate,
    if(answered >= $minimum, wilson_low(met, answered), null) as low,
    if(answered >= $minimum, wilson_high(met, answered), null) as high
from ways
order by enum_code(city_id), pass_rate desc nulls last, position
"""


def near_board(warehouse: Warehouse, selection: Selection, within: float) -> pd.DataFrame:
    """One row per city of the cohort within `within` of the next level: the highest level first, the nearest first.

    city_id, name, score, level ('No level' below the first), level_position, next_level, to_next (units of the score),
    boundary_note, and of the criteria it was asked: not_met (partly met too), blocked, unanswered.
    """
    return ask(warehouse, selection, _BOARD, within=within)


def near_blockers(warehouse: Warehouse, selection: Selection, within: float = NEAR) -> pd.DataFrame:
    """One row per criterion that some near miss was asked and does not meet, most missed first.

    criterion_id, short_name, text, area_id, area, near_misses (all of them), missing = not_met + blocked + unanswered.
    """
    return ask(warehouse, selection, _BLOCKERS, within=within)


def in_the_way(warehouse: Warehouse, selection: Selection, cities: tuple[str, ...]) -> pd.DataFrame:
    """One row per city (of `cities`) and criterion in its way; those that similar cities meet most come first.

    city_id, criterion_id, status, and of the similar cities: met, answered, pass_rate with low and
    high (Wilson 95 %; null under the minimum number). Similar: the other cities of the cohort whose score differs from
    this one's by at most SIMILAR of the highest possible score.
    """
    return ask(warehouse, selection, _IN_THE_WAY, cities=cities, similar=SIMILAR)
