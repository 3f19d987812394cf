"""The numbers of the cards about a plan of workshops as statements of their own. Which plan is best is searched for."""

from collections.abc import Sequence

import pandas as pd

from lib.queries import shown
from lib.queries.beside import MEMBERS
from lib.queries.literal import literal
from lib.queries.workshops import Offer
from lib.selection import Selection
from lib.warehouse import Warehouse

# A workshop on a criterion helps whoever does not meet it and holds what it requires.
_LACKS = """
with asked_for as (
    select
        city_scores.city_id,
        ceil(coalesce(to_next, 0))::bigint as lacking,
        criterion.criterion_id,
        coalesce(answers.status in ('met', 'not_applicable'), false) as held,
        answers.credit is null as silent
    from city_scores
    join criterion using (standard_id)
    left join answers
        on answers.city_id = city_scores.city_id and answers.criterion_id = criterion.criterion_id
),
waits as (
    select asked_for.city_id, prerequisite.criterion_id
    from asked_for
    join prerequisite on prerequisite.requires::text = asked_for.criterion_id::text
    where prerequisite.standard_id = try_cast($standard as standard_id) and not held
),
lacks as (
    select * from asked_for anti join waits using (city_id, criterion_id) where not held
),
"""
# So many of those attended have to succeed: the tail of a binomial.
_CHANCE = """
        coalesce(list_sum([
            exp(lgamma(attended + 1) - lgamma(hits + 1) - lgamma(attended - hits + 1))
                * $success ** hits * (1 - $success) ** (attended - hits)
            for hits in range(lacking, attended + 1)
        ]), 0)"""
_PLAN = """workshops as (
    select *
    from (values {taught}) as taught(workshop, unit_id, criterion_id)
),
first_taught as (
    select criterion_id, min(workshop) as workshop from workshops group by criterion_id
),
attending as (
    select workshop, unit_id, count(distinct city_id) as attending, count(distinct city_id) filter (silent) as silent
    from workshops
    left join lacks on lacks.criterion_id::text = workshops.criterion_id
    group by all
),
so_far as (
    select attending.workshop, city_id, lacking, count(*) as attended
    from attending
    join first_taught on first_taught.workshop <= attending.workshop
    join lacks on lacks.criterion_id::text = first_taught.criterion_id
    group by all
),
worth as (
    select
        workshop,
        sum({value}) as running
    from so_far{counted}
    group by workshop
)
select
    workshop,
    unit_id,
    attending,
    silent,
    coalesce(running, 0) - coalesce(lag(running) over (order by workshop), 0) as adds,
    coalesce(running, 0) as running
from attending
left join worth using (workshop)
order by workshop"""
_TAUGHT = """attended as (
    select
        city_id,
        lacking,
        count(*) as attended,
        string_agg(criterion_id::text, ', ' order by enum_code(criterion_id)) as taught
    from lacks
    where lacking > 0 and criterion_id::text in ({criteria})
    group by all
    having attended >= lacking
),
able as (
    select
        city.city_id,
        city.name,
        city_scores.score,
        coalesce(city_scores.level, $no_level) as level,
        city_scores.next_level,
        city_scores.to_next,
        attended.attended,
        attended.taught,{chance} as chance
    from attended
    join city using (city_id)
    join city_scores using (city_id)
)
"""
_BY_NAME = """select *
from able
order by chance desc, strip_accents(lower(name))"""
_BY_SEGMENT = """,
of_segment as (
    {members}
)
select segment, count(*) as able, sum(chance) as expected
from able
join of_segment using (city_id)
group by segment
order by segment"""


def plan_sql(warehouse: Warehouse, selection: Selection, plan: pd.DataFrame, offer: Offer) -> str:
    """What each workshop of the plan adds to those before it. `plan`: workshop_plan."""
    units = zip(plan["unit_id"], plan["criteria"], strict=True)
    rows = [f"({place}, {literal(unit)}, {literal(id_)})" for place, (unit, ids) in enumerate(units, 1) for id_ in ids]
    value, counted = (_CHANCE, "\n    where lacking > 0") if offer.level else ("attended * $success", "")
    rest = _PLAN.format(taught=", ".join(rows), value=value, counted=counted)
    return shown.asked(warehouse, selection, _LACKS.rstrip("\n") + "\n" + rest, success=offer.success)


def taught_sql(warehouse: Warehouse, selection: Selection, criteria: Sequence[str], success: float) -> str:
    """The rows of `taught_cities`."""
    return shown.asked(warehouse, selection, _able(criteria) + _BY_NAME, success=success)


def taught_beside_sql(warehouse: Warehouse, selection: Selection, criteria: Sequence[str], success: float) -> str:
    """The numbers of `taught_beside`, segments numbered from 1; none of those with nobody who could."""
    rest = _BY_SEGMENT.format(members=MEMBERS).lstrip("\n")
    return shown.asked(warehouse, selection, _able(criteria).rstrip("\n") + rest, success=success)


def _able(criteria: Sequence[str]) -> str:
    return _LACKS + _TAUGHT.format(criteria=shown.listed(criteria), chance=_CHANCE)
