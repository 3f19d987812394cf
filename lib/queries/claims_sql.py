"""The numbers of the cards about claims against what was validated, as statements of their own."""

from collections.abc import Collection

from lib.queries import shown
from lib.selection import Selection
from lib.warehouse import Warehouse

_TWICE = """
with given as (
    select city_id, criterion_id, stage, (status = 'met')::int as met
    from response
    where standard_id = try_cast($standard as standard_id)
        and cycle = try_cast($cycle as cycle_label)
        and credit is not null
        and city_id in (select city_id from cohort)
),
twice as (
    select city_id, criterion_id, said.met as said, held.met as held
    from (from given where stage = 'self_reported') as said
    join (from given where stage = 'validated') as held using (city_id, criterion_id)
)
"""
_CLAIMS = (
    _TWICE
    + """
select
    criterion.criterion_id,
    criterion.short_name,
    count(said) as n,
    coalesce(sum(said), 0)::bigint as said,
    coalesce(sum(held), 0)::bigint as held,
    count(*) filter (said > held) as overclaimed,
    count(*) filter (said < held) as underclaimed,
    if(count(said) >= $minimum, avg(said) - avg(held), null) as gap
from criterion
left join twice using (criterion_id)
where criterion.standard_id = try_cast($standard as standard_id)
group by criterion.criterion_id, criterion.short_name, criterion.position
order by gap desc nulls last, criterion.position
"""
)
_CLAIMANTS = (
    _TWICE.rstrip()
    + """,
levels as (
    select
        city_id,
        any_value(coalesce(level, $no_level)) filter (stage = 'self_reported') as said_level,
        any_value(coalesce(level, $no_level)) filter (stage = 'validated') as held_level
    from city_score
    where standard_id = try_cast($standard as standard_id) and cycle = try_cast($cycle as cycle_label)
    group by city_id
)
select
    city_id,
    name,
    count(*) as n,
    sum(said)::bigint as said,
    sum(held)::bigint as held,
    count(*) filter (said > held) as overclaimed,
    count(*) filter (said < held) as underclaimed,
    any_value(said_level) as said_level,
    any_value(held_level) as held_level
from twice
join city using (city_id)
left join levels using (city_id)
group by city_id, name
order by overclaimed - underclaimed desc, overclaimed desc, strip_accents(lower(name))
"""
)


def claims_sql(warehouse: Warehouse, selection: Selection, criteria: Collection[str]) -> str:
    """The counts and gaps of `claims_by_criterion` for these criteria."""
    return shown.only(shown.asked(warehouse, selection, _CLAIMS), "criterion_id", criteria)


def claimants_sql(warehouse: Warehouse, selection: Selection) -> str:
    """The rows of `claims_by_city`."""
    return shown.asked(warehouse, selection, _CLAIMANTS)
