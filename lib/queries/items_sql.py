"""The numbers of the cards about criteria as items, and about groups side by side, as statements of their own.

The pages work them out in Python from bits; tests hold the two to each other.
"""

from collections.abc import Collection

from lib.queries import shown
from lib.queries.areas import UNKNOWN
from lib.queries.criteria import criterion_rates_by
from lib.queries.items import MINIMUM_CITIES
from lib.selection import MINIMUM_N, Selection
from lib.stats.items import ANSWERED
from lib.stats.pairs import ANSWERED as COUNTED
from lib.warehouse import Values, Warehouse

_DIFFICULTY = """
with given as (
    select city_id, criterion_id, (status = 'met')::int as met from answers where credit is not null
),
size as (
    select count(*) as criteria from criterion where standard_id = try_cast($standard as standard_id)
),
whole as (
    select city_id, sum(met) as met, count(*) as answered from given group by city_id
),
rest as (
    select criterion_id, given.met, (whole.met - given.met) / (whole.answered - 1) as others
    from given
    join whole using (city_id)
    where whole.answered - 1 >= greatest($half * (select criteria - 1 from size), 1)
),
told as (
    select criterion_id, count(*) as cities, corr(met, others) as found
    from rest
    group by criterion_id
),
known as (
    select criterion_id, cities, if(cities >= $least and not isnan(found), found, null) as r from told
)
select
    criterion.criterion_id,
    criterion.short_name,
    if(answered >= $minimum, met / answered, null) as pass_rate,
    r,
    tanh(atanh(r) - 1.959964 / sqrt(cities - 3)) as r_low,
    tanh(atanh(r) + 1.959964 / sqrt(cities - 3)) as r_high,
    coalesce(cities, 0) as r_cities
from criterion
left join counted using (criterion_id)
left join known using (criterion_id)
where criterion.standard_id = try_cast($standard as standard_id)
order by criterion.position
"""
_TOGETHER = """
with given as (
    select city_id, criterion_id, position, (status = 'met')::int as met
    from answers
    join criterion using (standard_id, criterion_id)
    where credit is not null
),
size as (
    select count(*) as criteria from criterion where standard_id = try_cast($standard as standard_id)
),
whole as (
    select city_id, round_even(sum(met) * any_value(criteria) / count(*), 0) as score
    from given
    cross join size
    group by city_id
    having count(*) >= greatest($half * any_value(criteria), 1)
),
strata as (
    select
        one.criterion_id,
        other.criterion_id as other_id,
        score - one.met - other.met as stratum,
        count(*) filter (one.met = 1 and other.met = 1) as both_met,
        count(*) filter (one.met = 1 and other.met = 0) as only_first,
        count(*) filter (one.met = 0 and other.met = 1) as only_second,
        count(*) filter (one.met = 0 and other.met = 0) as neither,
        count(*) as cities
    from given as one
    join given as other on other.city_id = one.city_id and other.position > one.position
    join whole on whole.city_id = one.city_id
    where stratum between 0 and (select criteria from size) - 2
    group by all
),
pairs as (
    select
        criterion_id,
        other_id,
        sum(both_met)::bigint as both_met,
        sum(only_first)::bigint as only_first,
        sum(only_second)::bigint as only_second,
        sum(neither)::bigint as neither,
        sum(both_met * neither / cities) as for_it,
        sum(only_first * only_second / cities) as against_it
    from strata
    group by all
)
select
    criterion_id,
    other_id,
    both_met,
    only_first,
    only_second,
    neither,
    for_it / nullif(against_it, 0) as odds,
    sum(for_it) over () / sum(against_it) over () as usual
from pairs
order by odds desc nulls last
"""
_DIFFERENCES = """with rates as (
{rates}
),
own as (
    from rates where "group" = $group
),
other as (
    select criterion_id, sum(met) as met, sum(answered) as answered
    from rates
    where {others}
    group by criterion_id
),
sides as (
    select
        own.*,
        coalesce(other.met, 0) as other_met,
        coalesce(other.answered, 0) as other_answered,
        if(other.answered >= $least, other.met / other.answered, null) as other_rate,
        if(own.answered >= $least and other.answered >= $least, own.met / own.answered - other_rate, null) as difference
    from own
    left join other using (criterion_id)
)
select
    criterion_id,
    short_name,
    met,
    answered,
    pass_rate,
    other_met,
    other_answered,
    other_rate,
    difference,
    difference - sqrt(
        (met / answered - wilson_low(met, answered)) ** 2
        + (wilson_high(other_met, other_answered) - other_rate) ** 2
    ) as low,
    difference + sqrt(
        (wilson_high(met, answered) - met / answered) ** 2
        + (other_rate - wilson_low(other_met, other_answered)) ** 2
    ) as high
from sides
order by abs(difference) desc nulls last
"""


def difficulty_sql(warehouse: Warehouse, selection: Selection, criteria: Collection[str]) -> str:
    """The rows of `difficulty` for these criteria."""
    every = shown.asked(warehouse, selection, _DIFFICULTY, half=ANSWERED, least=MINIMUM_CITIES)
    return shown.only(every, "criterion_id", criteria)


def travelling_sql(warehouse: Warehouse, selection: Selection, criteria: Collection[str]) -> str:
    """The counts and odds ratios of `travelling` for pairs with one of these criteria."""
    every = shown.asked(warehouse, selection, _TOGETHER, half=COUNTED)
    return f"{shown.only(every, 'criterion_id', criteria)}\n    or other_id::text in ({shown.listed(criteria)})"


def differences_sql(
    warehouse: Warehouse, selection: Selection, sides: tuple[str, str, str | None], criteria: Collection[str]
) -> str:
    """The rates, differences and Newcombe intervals of `group_differences`. `sides`: attribute, group, against."""
    attribute, group, against = sides
    others = '"group" = $against' if against else '"group" not in ($group, $unknown)'
    rates = shown.behind(criterion_rates_by, warehouse, selection, attribute)
    values: Values = {"group": group, "against": against or "", "unknown": UNKNOWN, "least": MINIMUM_N}
    head, tail = _DIFFERENCES.format(rates="{rates}", others=others).split("{rates}")
    return shown.only(
        shown.written(head, values) + f"\n{rates}\n" + shown.written(tail, values), "criterion_id", criteria
    )
