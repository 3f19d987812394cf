"""Who has not answered what."""

import pandas as pd

from lib.queries.cohort import ask
from lib.selection import Selection
from lib.warehouse import Warehouse

_COVERAGE = """
with shown as (
    select
        city_scores.city_id,
        city.name,
        city_scores.answered,
        city_scores.asked,
        if(city_scores.asked > 0, city_scores.answered / city_scores.asked, null) as coverage,
        count(*) over () as of,
        row_number() over (
            order by coverage nulls last, strip_accents(lower(city.name)), enum_code(city.city_id)
        ) as place
    from city_scores
    join city using (city_id)
    order by place
    limit $limit offset $offset
),
settled as (
    select city_id, criterion_id from answers semi join shown using (city_id) where status <> 'not_answered'
),
missing as (
    select shown.city_id, string_agg(criterion.criterion_id, ', ' order by criterion.position) as criteria
    from shown
    join criterion on criterion.standard_id = try_cast($standard as standard_id)
    anti join settled on settled.city_id = shown.city_id and settled.criterion_id = criterion.criterion_id
    group by shown.city_id
)
select
    shown.city_id,
    shown.name,
    shown.answered,
    shown.asked,
    shown.coverage,
    coalesce(missing.criteria, '') as missing,
    shown.of
from shown
left join missing using (city_id)
order by shown.place
"""

_UNANSWERED = """
with whole as (
    select count(*) as cities, count(*) filter (answered < asked) as incomplete from city_scores
)
select
    criterion.criterion_id,
    criterion.short_name,
    whole.cities,
    whole.incomplete,
    whole.cities - coalesce(counted.answered + counted.not_applicable, 0) as missing
from criterion
cross join whole
left join counted using (criterion_id)
where criterion.standard_id = try_cast($standard as standard_id)
order by missing desc, criterion.position
"""

_SILENT = """
select city.city_id, city.name
from before
join city using (city_id)
anti join cohort using (city_id)
order by strip_accents(lower(city.name)), enum_code(city.city_id)
"""

EVERY = 2**31 - 1
"""A limit that is none."""


def coverage(warehouse: Warehouse, selection: Selection, limit: int = EVERY, offset: int = 0) -> pd.DataFrame:
    """One row per city of the cohort, the least answered first, then by name.

    city_id, name, answered, asked (criteria), coverage = answered ÷ asked, missing (the ids of the criteria not
    answered, in the standard's order; a criterion that does not apply is not missing), of (cities in the cohort).
    """
    return ask(warehouse, selection, _COVERAGE, limit=limit, offset=offset)


def unanswered(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per criterion, the most often unanswered first, then in the standard's order.

    criterion_id, short_name, missing (cities of the cohort that have not answered it), cities (in the cohort),
    incomplete (cities that have left anything unanswered).
    """
    return ask(warehouse, selection, _UNANSWERED)


def silent(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per city of the compared cycle without any answer in this one, by name: city_id, name."""
    return ask(warehouse, selection, _SILENT)
