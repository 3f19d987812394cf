"""Three questions to begin with, made of what the database has: its newest cycle, its standard, its attributes."""

from collections.abc import Mapping

from lib.queries.literal import with_values
from lib.selection import Choices, Selection
from lib.standard import Standard
from lib.warehouse import Value

_RATES = """-- Pass rate of each criterion with its 95 % interval; not answered counts nowhere.
select
    criterion.criterion_id,
    criterion.short_name,
    count(*) filter (response.status = 'met') as met,
    count(response.credit) as answered,
    round(met / nullif(answered, 0), 3) as pass_rate,
    round(wilson_low(met, answered), 3) as low,
    round(wilson_high(met, answered), 3) as high
from response
join criterion using (standard_id, criterion_id)
where response.standard_id = $standard and response.cycle = $cycle and response.stage = $stage
group by all
having answered >= $minimum
order by pass_rate
"""
_ATTRIBUTE = """-- How scores differ between the values of one attribute.
select
    city_attribute.value,
    count(*) as assessed,
    median(city_score.score) as median_score,
    quantile_cont(city_score.score, [0.25, 0.75]) as quartiles
from city_score
join city_attribute using (city_id)
where
    city_score.standard_id = $standard and city_score.cycle = $cycle and city_score.stage = $stage
    and city_attribute.attribute_id = $attribute
group by city_attribute.value
having assessed >= $minimum
order by median_score desc
"""
_TOGETHER = """-- Which two criteria are met together most often beyond chance (phi).
with answers as (
    select city_id, criterion_id, (status = 'met')::int as met
    from response
    where standard_id = $standard and cycle = $cycle and stage = $stage and credit is not null
)
select
    a.criterion_id as one,
    b.criterion_id as other,
    count(*) as answered_both,
    round(corr(a.met, b.met), 3) as phi
from answers a
join answers b on b.city_id = a.city_id and b.criterion_id > a.criterion_id
group by all
having answered_both >= $minimum and phi is not null and not isnan(phi)
order by phi desc
limit 50
"""


def examples(selection: Selection, choices: Choices, standard: Standard, minimum: int) -> Mapping[str, str]:
    """Title → statement, for the standard, cycle and stage selected; `minimum` answers for any rate."""
    values: dict[str, Value] = {
        "standard": selection.standard,
        "cycle": selection.cycle,
        "stage": selection.stage,
        "minimum": minimum,
        "attribute": choices.attributes[0].id if choices.attributes else "",
    }
    titled = {"Pass rates with intervals": _RATES}
    if choices.attributes:
        titled[f"Scores by {choices.attributes[0].name.lower()}"] = _ATTRIBUTE
    titled["Criteria met together"] = _TOGETHER
    return {title: with_values(sql, values) for title, sql in titled.items()}
