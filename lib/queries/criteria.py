"""Criteria of the cohort: how many cities meet each one, and which."""

import pandas as pd

from lib.queries.areas import UNKNOWN
from lib.queries.cohort import ask, one_page
from lib.queries.families import criteria_of
from lib.queries.figures import cohort_size
from lib.queries.standards import read_standard
from lib.selection import SEGMENT, Selection
from lib.warehouse import Warehouse

_RATES = """
with earlier as (
    select criterion_id, count(*) filter (status = 'met') as versus_met, count(credit) as versus_answered
    from answers_before
    group by criterion_id
)
select
    criterion.criterion_id,
    criterion.short_name,
    criterion.text,
    area.area_id,
    area.name as area,
    coalesce(met, 0) as met,
    coalesce(answered, 0) as answered,
    (select count(*) from cohort) - coalesce(not_applicable, 0) as asked,
    if(answered >= $minimum, met / answered, null) as pass_rate,
    if(answered >= $minimum, wilson_low(met, answered), null) as low,
    if(answered >= $minimum, wilson_high(met, answered), null) as high,
    coalesce(versus_met, 0) as versus_met,
    coalesce(versus_answered, 0) as versus_answered,
    if(versus_answered >= $minimum, versus_met / versus_answered, null) as versus_rate,
    pass_rate - versus_rate as change
from criterion
join area using (standard_id, area_id)
left join counted using (criterion_id)
left join earlier using (criterion_id)
where criterion.standard_id = try_cast($standard as standard_id) and exists (from cohort)
order by criterion.position
"""

_OF_ATTRIBUTE = """
    select cohort.city_id, city_attribute.value
    from cohort
    left join city_attribute
        on city_attribute.city_id = cohort.city_id and city_attribute.attribute_id = $attribute"""
_OF_SEGMENT = "select city_id, segment as value from segments semi join cohort using (city_id)"

_RATES_BY = """
with valued as (
    {valued}
),
groups as (
    select value, count(*) as cities from valued group by value
),
per_group as (
    select
        value,
        criterion_id,
        count(*) filter (status = 'met') as met,
        count(credit) as answered,
        count(*) filter (status = 'not_applicable') as not_applicable
    from answers
    join valued using (city_id)
    group by all
)
select
    criterion.criterion_id,
    criterion.short_name,
    criterion.text,
    area.area_id,
    area.name as area,
    coalesce(groups.value::text, $unknown) as "group",
    groups.cities as group_cities,
    coalesce(met, 0) as met,
    coalesce(answered, 0) as answered,
    groups.cities - coalesce(not_applicable, 0) as asked,
    if(answered >= $minimum, met / answered, null) as pass_rate,
    if(answered >= $minimum, wilson_low(met, answered), null) as low,
    if(answered >= $minimum, wilson_high(met, answered), null) as high
from criterion
join area using (standard_id, area_id)
cross join groups
left join per_group
    on per_group.criterion_id = criterion.criterion_id and per_group.value is not distinct from groups.value
where criterion.standard_id = try_cast($standard as standard_id)
order by criterion.position, groups.value nulls last
"""

_CITIES_BEHIND = """
select
    city.city_id,
    city.name,
    coalesce(answers.status, 'not_answered'::status) as status,
    if(
        city.city_id in (select city_id from before), coalesce(earlier.status, 'not_answered'::status), null
    ) as versus_status,
    answers.evidence,
    city_scores.score,
    coalesce(city_scores.level, $no_level) as level
from city_scores
join city using (city_id)
left join answers on answers.city_id = city.city_id and answers.criterion_id = try_cast($criterion as criterion_id)
left join answers_before as earlier
    on earlier.city_id = city.city_id and earlier.criterion_id = try_cast($criterion as criterion_id)
where exists (
    from criterion
    where standard_id = try_cast($standard as standard_id) and criterion_id = try_cast($criterion as criterion_id)
)
order by status, strip_accents(lower(city.name)), enum_code(city.city_id)
"""

_GRID = """
select
    paged.city_id as row_id,
    paged.name as row_label,
    criterion.criterion_id,
    criterion.short_name,
    area.area_id,
    area.name as area,
    coalesce(answer.status, 'not_answered'::status) as status,
    null::double as pass_rate,
    coalesce(answer.status = 'met', false)::bigint as met,
    (answer.credit is not null)::bigint as answered,
    false as pinned,
    paged.of
from paged
join criterion using (standard_id)
join area using (standard_id, area_id)
left join paged_answers as answer
    on answer.city_id = paged.city_id and answer.criterion_id = criterion.criterion_id
where list_contains($criteria, criterion.criterion_id::text)
order by paged.place, criterion.position
"""


NOTHING = ("",)  # no criterion has this id; an empty list has no type
_OF_COHORT = ["low", "high", "members"]


def criteria_grid(
    warehouse: Warehouse,
    selection: Selection,
    part: str | None = None,
    *,
    sort: str = "score",
    descending: bool = True,
    limit: int = 50,
    offset: int = 0,
    listed: tuple[str, ...] = (),
    cohort: str = "All selected",
) -> pd.DataFrame:
    """One row per row and criterion: the cohort pinned first, then a page of cities.

    `part` is the id of the area or of the family whose criteria are wanted, None for all of them.

    row_id ('cohort' or a city_id), row_label, criterion_id, short_name, area_id, area, status (null in the cohort's
    row), pass_rate, low, high (in the cohort's row only; null under the minimum n), met, answered, pinned, of (cities
    in the cohort), members (the same, in the cohort's row only). Order and paging are those of `one_page`.
    No rows for an empty cohort or an unknown part.
    """
    criteria = criteria_of(read_standard(warehouse, selection.standard), part)
    rates = criterion_rates(warehouse, selection)
    size, _ = cohort_size(warehouse, selection)
    whole = rates[rates["criterion_id"].isin(criteria)].assign(
        row_id="cohort", row_label=cohort, status=pd.Series(dtype="str"), pinned=True, of=size, members=size
    )
    page = one_page(sort, limit, offset, descending=descending, listed=listed)
    cells = ask(warehouse, selection, _GRID, criteria=criteria or NOTHING, **page)
    return pd.concat([whole[[*cells.columns, *_OF_COHORT]], cells], ignore_index=True)


def criterion_rates(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per criterion in the standard's order; no rows for an empty cohort.

    criterion_id, short_name, text, area_id, area, met, answered, asked (cities), pass_rate, low, high (Wilson 95 %;
    null under the minimum n), versus_met, versus_answered, versus_rate, change = pass_rate − versus_rate.
    """
    return ask(warehouse, selection, _RATES)


def criterion_rates_by(warehouse: Warehouse, selection: Selection, split: str) -> pd.DataFrame:
    """One row per criterion and group: cities that share a value of the attribute `split` ('Unknown' last), or, where
    it is SEGMENT, the cities of a segment; a city may be in several.

    The columns of `criterion_rates` without the comparison, and group, group_cities (cities of the cohort in it).
    """
    if split != SEGMENT:
        asked = _RATES_BY.replace("{valued}", _OF_ATTRIBUTE)
        return ask(warehouse, selection, asked, attribute=split, unknown=UNKNOWN)
    rates = ask(warehouse, selection, _RATES_BY.replace("{valued}", _OF_SEGMENT), unknown=UNKNOWN)
    names = {str(place): segment.name for place, segment in enumerate(selection.segments, 1)}
    return rates.assign(group=rates["group"].map(names))


def cities_behind(warehouse: Warehouse, selection: Selection, criterion_id: str) -> pd.DataFrame:
    """One row per city of the cohort, by status (met first) then name; no rows for an unknown criterion.

    city_id, name, status, versus_status (null where the city is not in the compared cycle), evidence, score, level.
    """
    return ask(warehouse, selection, _CITIES_BEHIND, criterion=criterion_id)
