"""Pass rates of the groups of an attribute, as a table that may be passed on: what is of too few cannot be worked out.

A group is all cities of the cohort with one value of an attribute, one level or one kind of participation; those of
which it is not known are a group too. Which cells stay empty is decided for all attributes together, and bound to the
statement as a list: so the statement gives the very rows.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from lib.queries.areas import UNKNOWN
from lib.queries.cohort import ask, question
from lib.selection import PARTICIPATION, Selection
from lib.stats.withholding import Counted, withheld
from lib.warehouse import Value, Warehouse

LEVEL, TAKING_PART = "level", "participation"
_MEMBER = """
with member as (
    select cohort.city_id, known.attribute_id as "by", city_attribute.value::text as value, enum_code(value) as place
    from cohort
    cross join (select distinct attribute_id from city_attribute) as known
    left join city_attribute using (city_id, attribute_id)
    union all
    select cohort.city_id, 'level', if(score is null, null, coalesce(level, $no_level)), coalesce(level_position, 0)
    from cohort
    left join city_scores using (city_id)
    where exists (from level where standard_id = try_cast($standard as standard_id))
    union all
    select city_id, 'participation', $participation_words[list_position($participation_ids, participation)], 0
    from cohort
)"""
_MEMBERS = """{member}
select city_id, "by", coalesce(value, $unknown) as value from member order by all
""".replace("{member}", _MEMBER)
_ANSWERS = """
select criterion_id, city_id, status = 'met' as met from answers where credit is not null order by all
"""
RATES_BY = """{member},
sized as (
    select value, any_value(place) as place, count(*) as cities from member where "by" = $by group by value
),
grouped as (
    select
        value,
        criterion_id,
        count(*) filter (status = 'met') as met,
        count(credit) as answered,
        count(*) filter (status = 'not_applicable') as not_applicable
    from answers
    join member using (city_id)
    where "by" = $by
    group by all
),
kept_back as (
    select unnest($withheld_criteria::text[]) as criterion_id, unnest($withheld_groups::text[]) as group_name
),
rated as (
    select
        criterion.standard_id,
        criterion.area_id,
        area.name as area,
        criterion.criterion_id,
        criterion.short_name,
        criterion.position,
        sized.place,
        coalesce(sized.value, $unknown) as group_name,
        coalesce(met, 0) as met,
        coalesce(answered, 0) as answered,
        cities - coalesce(not_applicable, 0) as asked,
        cities < $minimum or kept_back.criterion_id is not null as hidden
    from criterion
    join area using (standard_id, area_id)
    cross join sized
    left join grouped
        on grouped.criterion_id = criterion.criterion_id and grouped.value is not distinct from sized.value
    left join kept_back
        on kept_back.criterion_id = criterion.criterion_id::text
        and kept_back.group_name = coalesce(sized.value, $unknown)
    where criterion.standard_id = try_cast($standard as standard_id)
)
select
    standard_id,
    $cycle as cycle,
    $stage as stage,
    $by as grouped_by,
    group_name,
    area_id,
    area,
    criterion_id,
    short_name,
    if(hidden, null, met) as met,
    if(hidden, null, answered) as answered,
    if(hidden, null, asked) as asked,
    if(hidden or answered = 0, null, met / answered) as pass_rate,
    if(hidden or answered = 0, null, wilson_low(met, answered)) as low,
    if(hidden or answered = 0, null, wilson_high(met, answered)) as high,
    case
        when hidden then 'suppressed'
        when answered > 0 then 'given'
        when asked > 0 then 'not_answered'
        else 'not_applicable'
    end as rate_status
from rated
""".replace("{member}", _MEMBER)
ORDER = "position, place nulls last, group_name"


_CELL = ["by", "group_name", "criterion_id"]


def values_by(warehouse: Warehouse, selection: Selection, by: str) -> dict[str, Value]:
    """What RATES_BY binds beside the selection: the groups of `by`, and the cells of them that stay empty."""
    asked = replace(selection, versus=None, segments=())
    hidden = warehouse.computed(_withheld, asked)
    hidden = hidden[hidden["by"] == by]
    return {
        **_WORDS,
        "by": by,
        "withheld_criteria": tuple(hidden["criterion_id"]),
        "withheld_groups": tuple(hidden["group_name"]),
    }


_WORDS: dict[str, Value] = {
    "unknown": UNKNOWN,
    "participation_ids": tuple(PARTICIPATION),
    "participation_words": tuple(PARTICIPATION.values()),
}


def _withheld(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per cell that stays empty: by, group, criterion_id."""
    members = ask(warehouse, selection, _MEMBERS, **_WORDS)
    if members.empty:
        return pd.DataFrame(columns=_CELL, dtype="str")
    answers = warehouse.arrow(*question(selection, _ANSWERS, {})).to_pandas()
    side = members.pivot(index="city_id", columns="by", values="value")
    kinds = side.groupby(list(side), observed=True, sort=True).ngroup()
    alike = side.groupby(kinds).first()
    groups = [(by, value) for by in alike for value in sorted(set(alike[by]))]
    inside = np.array([(alike[by] == value).to_numpy() for by, value in groups], bool).reshape(len(groups), len(alike))
    of = np.array([list(alike).index(by) for by, _ in groups])
    place = kinds.reindex(answers["city_id"].astype(str)).to_numpy()
    rows = []
    for criterion, at in answers.groupby("criterion_id", observed=True, sort=False).indices.items():
        answered = np.bincount(place[at], minlength=len(alike))
        met = np.bincount(place[at], weights=answers["met"].to_numpy(float)[at], minlength=len(alike))
        empty = withheld(Counted(inside, of, answered, met), warehouse.minimum_n, even=not warehouse.whole)
        rows += [(*groups[group], str(criterion)) for group in np.flatnonzero(empty)]
    return pd.DataFrame(rows, columns=_CELL, dtype="str")
