"""What cities met next: from each assessment of a city to its next one at the same stage, over all cycles."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.queries.cohort import ask
from lib.queries.standards import read_standard
from lib.selection import Selection
from lib.stats.attendance import Reals
from lib.stats.intervals import wilson
from lib.stats.rasch import fit
from lib.stats.road import Places
from lib.warehouse import Warehouse

RASCH_MINIMUM = 50
"""Cities below which no order of difficulty is shown: about what places a criterion within one logit (Linacre 1994)."""
RASCH_SAMPLE = 500
"""At most this many cities are taken for it: they place a criterion within about a fifth of a logit."""

_WORD = 62
# The answers of an assessment as bits, a word for each 62 criteria; a case is a bit that is off in one assessment of a
# city, answered there, and answered in its next one.
_CASES = """
with turns as (
    select city_id, cycle, lead(cycle) over (partition by city_id order by cycle) as next_cycle
    from members
),
started as materialized (
    select turns.*, score
    from turns
    join (
        select city_id, cycle, score
        from city_score
        where standard_id = try_cast($standard as standard_id)
            and stage = try_cast($stage as stage)
            and ($position is null or level_position = $position)
            and ($low is null or score between $low and $high)
    ) using (city_id, cycle)
),
starts as (
    select
        count(*) as starts,
        count(*) filter (next_cycle is null and cycle = last) as latest,
        count(*) filter (next_cycle is null and cycle <> last) as gone
    from started
    cross join (select max(cycle) as last from members)
),
places as (
    select criterion_id, (position - 1) // $width as word, 1::bigint << ((position - 1) % $width) as bit
    from criterion
    where standard_id = try_cast($standard as standard_id)
),
answered as (
    select
        response.city_id,
        response.cycle,
        word,
        bit_or(if(status = 'met', bit, 0)) as met,
        bit_or(if(credit is null, 0, bit)) as said
    from response
    join places using (criterion_id)
    where standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
        and city_id in (select city_id from started)
    group by all
),
cases as (
    select
        started.city_id,
        started.score,
        here.word,
        here.said & ~here.met as missed,
        started.next_cycle is not null as followed,
        coalesce(there.said, 0) as said_next,
        coalesce(there.met, 0) as met_next
    from started
    join answered as here using (city_id, cycle)
    left join answered as there
        on there.city_id = started.city_id and there.cycle = started.next_cycle and there.word = here.word
)"""
_STEPS = f"""{_CASES},
counts as (
    select
        criterion_id,
        count(*) filter (said_next & bit > 0) as cases,
        count(*) filter (met_next & bit > 0) as met,
        count(*) filter (followed and said_next & bit = 0) as silent,
        count(*) filter (not followed) as ended,
        count(distinct if(said_next & bit > 0, city_id, null)) as cities
    from cases
    join places on places.word = cases.word and missed & bit > 0
    group by criterion_id
)
select
    criterion.criterion_id,
    criterion.short_name,
    criterion.text,
    area.area_id,
    area.name as area,
    coalesce(counts.cases, 0) as answered,
    coalesce(counts.met, 0) as met,
    coalesce(counts.cities, 0) as cities,
    coalesce(counts.silent, 0) as silent,
    coalesce(counts.ended, 0) as ended,
    starts.*,
    if(counts.cases >= $minimum, counts.met / counts.cases, null) as pass_rate,
    if(counts.cases >= $minimum, wilson_low(counts.met, counts.cases), null) as low,
    if(counts.cases >= $minimum, wilson_high(counts.met, counts.cases), null) as high
from criterion
join area using (standard_id, area_id)
cross join starts
left join counts using (criterion_id)
where criterion.standard_id = try_cast($standard as standard_id)
order by low desc nulls last, pass_rate desc nulls last, criterion.position
"""  # noqa: S608 - a text of ours
_OF_SEGMENT = _STEPS.replace(
    "from members\n)",
    "from members\n    where city_id in (select city_id from segments where segment = $segment)\n)",
    1,
)
_BY_SCORE = f"""{_CASES}
select criterion_id, score, count(*) as cases, count(*) filter (met_next & bit > 0) as met
from cases
join places on places.word = cases.word and missed & bit > 0
where said_next & bit > 0 and score is not null
group by all
order by all
"""  # noqa: S608 - a text of ours
_ANSWERS = """
with placed as (
    select city_id, row_number() over (order by enum_code(city_id)) - 1 as place, count(*) over () as many from cohort
),
sample as (
    select city_id from placed where place % greatest(1, ceil(many / $most))::bigint = 0
)
select city_id, criterion_id, if(status = 'met', 1, 0) as met
from answers
where credit is not null and city_id in (select city_id from sample)
order by enum_code(city_id)
"""


@dataclass(frozen=True, slots=True)
class Profile:
    """Where a step has to start: on a level (by its position, 0 = none), or with a score from `low` to `high`."""

    position: int | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class _Counts:
    """An entry per criterion (its `place` in `criteria`) and score that a city began at: cases, and those met next."""

    criteria: tuple[str, ...]
    place: Places
    score: Reals
    met: Reals
    cases: Reals


def next_steps(warehouse: Warehouse, selection: Selection, profile: Profile) -> pd.DataFrame:
    """One row per criterion: how often a city that did not meet it met it in its next assessment.

    The most reliable first: by the lower end of the interval. criterion_id, short_name, text, area_id, area, answered
    (cases: a city did not meet it, and answered it in its next assessment at the stage), met (of those, next time),
    cities (different ones among the cases), pass_rate, low, high (Wilson 95 %; null under the minimum), and left out:
    silent (no answer next time) and ended (no assessment after it). The same in every row: starts (assessments of the
    profile), and those of them without a next one: latest (of the latest cycle) and gone (of earlier ones).
    """
    start = {"position": profile.position, "low": profile.low, "high": profile.high}
    return ask(warehouse, selection, _STEPS, width=_WORD, **start)


def next_steps_of(warehouse: Warehouse, selection: Selection, profile: Profile, segment: int) -> pd.DataFrame:
    """`next_steps` of the cities in one segment of the selection, counted from 1."""
    start = {"position": profile.position, "low": profile.low, "high": profile.high}
    return ask(warehouse, selection, _OF_SEGMENT, width=_WORD, segment=segment, **start)


def steps_near(warehouse: Warehouse, selection: Selection, score: float, width: float) -> pd.DataFrame:
    """One row per criterion with a case: how often it was met next from a score at most `width` from this one.

    Of all cities and all cycles of the standard at the selected stage, whatever else is selected: counted once for
    everybody. criterion_id, met, cases, pass_rate, low, high (Wilson 95 %; null under the minimum).
    """
    counts = warehouse.once(_by_score, Selection(selection.standard, "", selection.stage))
    near = np.abs(counts.score - score) <= width
    met, cases = (np.bincount(counts.place[near], numbers[near]) for numbers in (counts.met, counts.cases))
    seen = np.flatnonzero(cases)
    met, cases = met[seen], cases[seen]
    enough = np.where(cases >= warehouse.minimum_n, cases, np.nan)
    low, high = wilson(met, enough)
    return pd.DataFrame(
        {
            "criterion_id": pd.Series([counts.criteria[at] for at in seen], dtype="str"),
            "met": met.astype(np.int64),
            "cases": cases.astype(np.int64),
            "pass_rate": met / enough,
            "low": low,
            "high": high,
        }
    )


def by_score(warehouse: Warehouse, every_cycle: Selection) -> pd.DataFrame:
    """One row per criterion and score that a city began at: criterion_id, score, cases, met. Of all cycles."""
    return ask(warehouse, every_cycle, _BY_SCORE, width=_WORD, position=None, low=None, high=None)


def _by_score(warehouse: Warehouse, every_cycle: Selection) -> _Counts:
    """Of one stage and standard, all cycles."""
    rows = by_score(warehouse, every_cycle)
    place, criteria = pd.factorize(rows["criterion_id"])
    numbers = (rows[name].to_numpy(np.float64) for name in ("score", "met", "cases"))
    return _Counts(tuple(criteria), place, *numbers)


def difficulty_order(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per criterion, the easiest first, then one per city (`kind`): their places on one scale (Rasch).

    kind ('criterion' or 'city'), id, place (logits; the population's mean is 0), error, and of criteria infit, outfit;
    the same in every row: cities (used), sigma, reliability. Criteria that all meet or nobody have no place. No rows
    under RASCH_MINIMUM cities; of more than RASCH_SAMPLE every so many-th is taken.
    """
    return warehouse.computed(_order, selection)


def _order(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    rows = ask(warehouse, selection, _ANSWERS, most=RASCH_SAMPLE)
    cities = pd.Index(rows["city_id"].unique())
    if len(cities) < RASCH_MINIMUM:
        return pd.DataFrame(columns=["kind", "id", "place"])
    ids = [criterion.id for criterion in read_standard(warehouse, selection.standard).criteria]
    answers = np.full((len(cities), len(ids)), np.nan)
    answers[cities.get_indexer(rows["city_id"]), pd.Index(ids).get_indexer(rows["criterion_id"])] = rows["met"]
    model = fit(answers)
    criteria = pd.DataFrame(
        {"kind": "criterion", "id": ids, "place": model.difficulty, "error": model.error}
        | {"infit": model.infit, "outfit": model.outfit}
    ).sort_values("place", kind="stable")
    places = pd.DataFrame({"kind": "city", "id": cities, "place": model.ability, "error": model.ability_error})
    both = pd.concat([criteria, places], ignore_index=True)
    return both.assign(cities=len(cities), sigma=model.sigma, reliability=model.reliability)
