"""One city against the cohort. The city need not be in the cohort: it is compared with whoever is selected."""

import pandas as pd

from lib.queries.cohort import ask
from lib.selection import Selection
from lib.warehouse import Warehouse

_SUMMARY = """
with own as (
    select *
    from city_score
    where city_id = try_cast($city as city_id)
        and standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
        and cycle = try_cast($cycle as cycle_label)
),
earlier as (
    select score
    from city_score
    where city_id = try_cast($city as city_id)
        and standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
        and cycle = try_cast($versus as cycle_label)
),
others as (
    select
        count(*) as cities,
        count(*) filter (city_scores.score > own.score) as above,
        count(*) filter (city_scores.score = own.score) as level_with
    from city_scores, own
    where city_scores.city_id <> own.city_id
)
select
    city.city_id,
    city.name,
    own.cycle,
    own.stage,
    assessment.participation,
    own.met,
    own.answered,
    own.asked,
    own.score,
    own.share,
    coalesce(own.level, $no_level) as level,
    coalesce(own.level_position, 0) as level_position,
    own.next_level,
    own.to_next,
    own.boundary_note,
    earlier.score as versus_score,
    own.score - earlier.score as score_change,
    own.city_id in (select city_id from cohort) as in_cohort,
    if(own.score is null, null, others.above + 1) as rank_from,
    if(own.score is null, null, others.above + others.level_with + 1) as rank_to,
    others.cities + 1 as of
from own
join city using (city_id)
join assessment using (standard_id, city_id, cycle, stage)
cross join others
left join earlier on true
"""

_ATTRIBUTES = """
select attribute.attribute_id, attribute.name as attribute, city_attribute.value
from city_attribute
join attribute using (attribute_id)
where city_attribute.city_id = try_cast($city as city_id)
order by attribute.position
"""

_CRITERIA = """
with own as (
    select *
    from response
    where city_id = try_cast($city as city_id)
        and standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
        and cycle in (try_cast($cycle as cycle_label), try_cast($versus as cycle_label))
),
assessed as (
    select cycle
    from assessment
    where city_id = try_cast($city as city_id)
        and standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
)
select
    criterion.criterion_id,
    criterion.short_name,
    criterion.text,
    area.area_id,
    area.name as area,
    coalesce(current.status, 'not_answered'::status) as status,
    current.credit,
    current.evidence,
    if(
        try_cast($versus as cycle_label) in (from assessed), coalesce(earlier.status, 'not_answered'::status), null
    ) as versus_status
from criterion
join area using (standard_id, area_id)
left join own as current
    on current.criterion_id = criterion.criterion_id and current.cycle = try_cast($cycle as cycle_label)
left join own as earlier
    on earlier.criterion_id = criterion.criterion_id and earlier.cycle = try_cast($versus as cycle_label)
where criterion.standard_id = try_cast($standard as standard_id)
    and try_cast($cycle as cycle_label) in (from assessed)
order by criterion.position
"""

_HISTORY = """
select
    cycle,
    stage,
    met,
    answered,
    asked,
    score,
    share,
    coalesce(level, $no_level) as level,
    coalesce(level_position, 0) as level_position,
    next_level,
    to_next
from city_score
where city_id = try_cast($city as city_id) and standard_id = try_cast($standard as standard_id)
order by cycle, stage
"""


def city_summary(warehouse: Warehouse, selection: Selection, city_id: str) -> pd.DataFrame:
    """The city's assessment in the selected cycle and stage, or no row: the columns of `cities` and its place.

    Also cycle, stage, in_cohort, rank_from and rank_to (1 = highest score; cities with equal scores share the range),
    of (cities ranked: the cohort, and this one if it is not in it).
    """
    return ask(warehouse, selection, _SUMMARY, city=city_id)


def city_attributes(warehouse: Warehouse, city_id: str) -> pd.DataFrame:
    """One row per category attribute that is known of the city: attribute_id, attribute, value."""
    return warehouse.fetch(_ATTRIBUTES, {"city": city_id})


def city_criteria(warehouse: Warehouse, selection: Selection, city_id: str) -> pd.DataFrame:
    """One row per criterion in the standard's order; none where the city has no assessment in this cycle and stage.

    criterion_id, short_name, text, area_id, area, status, credit, evidence, versus_status (null where the city was not
    assessed in the compared cycle).
    """
    return ask(warehouse, selection, _CRITERIA, city=city_id)


def city_history(warehouse: Warehouse, selection: Selection, city_id: str) -> pd.DataFrame:
    """One row per assessment of the city under the standard, by cycle, the self-reported stage first.

    cycle, stage, met, answered, asked, score, share, level ('No level' below the first), level_position, next_level,
    to_next.
    """
    return ask(warehouse, selection, _HISTORY, city=city_id)
