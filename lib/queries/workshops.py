"""Which workshops would help most: what each city lacks, and the plan that follows from it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.queries.cohort import ask
from lib.queries.standards import read_standard
from lib.selection import Selection
from lib.standard import Standard
from lib.stats.attendance import Needs, bits, going_up
from lib.stats.planning import best_plan
from lib.warehouse import Warehouse

CRITERIA, AREAS, FAMILIES = "criteria", "areas", "families"
"""What one workshop teaches: a criterion, a practice area, or a family."""

# A whole number of 64 bits has a sign; criteria come in words of 62.
_WORD = 62
_ANSWERS = """
with words as (
    select
        city_id,
        (position - 1) // $width as word,
        bit_or(1::bigint << ((position - 1) % $width)) filter (status in ('met', 'not_applicable')) as held,
        bit_or(1::bigint << ((position - 1) % $width)) filter (credit is not null or status = 'not_applicable') as known
    from answers
    join (select criterion_id, position from criterion where standard_id = try_cast($standard as standard_id))
        using (criterion_id)
    group by all
)
select city_scores.city_id, to_next, level_position, word, coalesce(held, 0) as held, coalesce(known, 0) as known
from city_scores
left join words using (city_id)
"""
_NAMES = """
select
    city.city_id,
    city.name,
    city_scores.score,
    coalesce(city_scores.level, $no_level) as level,
    city_scores.next_level,
    city_scores.to_next,
    city_scores.boundary_note
from city_scores
join city using (city_id)
where city_scores.city_id = any($cities)
order by strip_accents(lower(city.name)), enum_code(city.city_id)
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """What one workshop can teach."""

    id: str
    name: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be run and what it is for: `workshops` units, each city that attends succeeding with chance `success`.

    `level`: so that most cities go up a level; otherwise so that most criteria are met.
    """

    unit: str
    workshops: int
    success: float
    level: bool


@dataclass(frozen=True, slots=True)
class Cohort:
    """The cities of a selection: ids, and for each criterion of the standard whether a city lacks or has not said it.

    `gaps` (asked, not met, and nothing that it requires is missing) and `silent` (of those, without an answer) are
    cities × criteria; `lacking` is what each city is short of its next level, 0 at the top or without a score.
    """

    ids: NDArray[np.object_]
    gaps: NDArray[np.bool_]
    silent: NDArray[np.bool_]
    lacking: NDArray[np.int64]


def units_of(standard: Standard, unit: str) -> tuple[Unit, ...]:
    """The workshops that can be chosen from, in the standard's order; `unit` is one of the three words above."""
    if unit == AREAS:
        return tuple(Unit(area.id, area.name, tuple(c.id for c in area.criteria)) for area in standard.areas)
    if unit == FAMILIES:
        return tuple(Unit(family.id, family.name, family.criteria) for family in standard.families)
    return tuple(Unit(c.id, c.short_name, (c.id,)) for c in standard.criteria)


def workshop_plan(warehouse: Warehouse, selection: Selection, offer: Offer) -> pd.DataFrame:
    """One row per workshop of the best plan found, the one that does most alone first.

    unit_id, name, criteria (ids), attending (cities that lack a criterion of it), silent (those of them that have not
    answered one), adds and running (what it adds to those before it, and the sum), without (the value of the others
    alone); the same in every row: value, bound, proven, stepwise of the plan (lib.stats.planning) and cities (in the
    cohort). Values are expected numbers: of cities that go up a level, else of criteria met.
    """
    return warehouse.computed(_plan, selection, offer)


def taught_cities(
    warehouse: Warehouse, selection: Selection, criteria: tuple[str, ...], success: float
) -> pd.DataFrame:
    """One row per city that could go up a level if `criteria` were taught, the likeliest first, then by name.

    city_id, name, score, level ('No level' below the first), next_level, to_next, boundary_note, taught (the codes it
    lacks among them), attended (how many), chance.
    """
    return warehouse.computed(_taught, selection, criteria, success)


def _plan(warehouse: Warehouse, selection: Selection, offer: Offer) -> pd.DataFrame:
    standard = read_standard(warehouse, selection.standard)
    cohort, units = _cohort(warehouse, selection), units_of(standard, offer.unit)
    within = np.array([[c.id in u.criteria for c in standard.criteria] for u in units], dtype=bool)
    counted = cohort.lacking > 0 if offer.level else np.ones(len(cohort.ids), dtype=bool)
    needs = Needs.grouped(bits(cohort.gaps[counted]), cohort.lacking[counted])
    plan = best_plan(needs, bits(within), offer.workshops, offer.success, level=offer.level)
    lacked, silent = (_cities_by_unit(cells, within) for cells in (cohort.gaps, cohort.silent))
    rows = [
        {
            "unit_id": units[place].id,
            "name": units[place].name,
            "criteria": units[place].criteria,
            "attending": int(lacked[place]),
            "silent": int(silent[place]),
        }
        for place in plan.chosen
    ]
    steps = {"adds": np.diff(plan.running, prepend=0), "running": plan.running, "without": plan.without}
    same = {"value": plan.value, "bound": plan.bound, "proven": plan.proven, "stepwise": plan.stepwise}
    return pd.DataFrame(rows).assign(**steps, **same, cities=len(cohort.ids))


def _taught(warehouse: Warehouse, selection: Selection, criteria: tuple[str, ...], success: float) -> pd.DataFrame:
    codes = [criterion.id for criterion in read_standard(warehouse, selection.standard).criteria]
    cohort = _cohort(warehouse, selection)
    taught = cohort.gaps & np.isin(codes, criteria)
    attended = taught.sum(axis=1)
    able = (cohort.lacking > 0) & (attended >= cohort.lacking)
    chances = going_up(np.maximum(cohort.lacking, 1), attended, success)
    found = pd.DataFrame(
        {
            "city_id": cohort.ids[able],
            "taught": [", ".join(np.array(codes)[row]) for row in taught[able]],
            "attended": attended[able],
            "chance": chances[able],
        }
    )
    named = ask(warehouse, selection, _NAMES, cities=tuple(found["city_id"]))
    return named.merge(found, on="city_id").sort_values("chance", ascending=False, kind="stable", ignore_index=True)


def _cities_by_unit(cells: NDArray[np.bool_], within: NDArray[np.bool_]) -> NDArray[np.int64]:
    return np.array([cells[:, unit].any(axis=1).sum() for unit in within], dtype=np.int64)


def _cohort(warehouse: Warehouse, selection: Selection) -> Cohort:
    standard = read_standard(warehouse, selection.standard)
    rows = ask(warehouse, selection, _ANSWERS, width=_WORD)
    cities = rows.drop_duplicates("city_id")
    places = pd.Index(cities["city_id"]).get_indexer(rows["city_id"])
    held, known = (_cells(rows, places, name, len(standard.criteria)) for name in ("held", "known"))
    gaps = ~held
    codes = [criterion.id for criterion in standard.criteria]
    for rule in standard.prerequisites:  # what is required is not there: a workshop on the criterion earns nothing
        gaps[:, codes.index(rule.criterion)] &= held[:, codes.index(rule.requires)]
    lacking = np.ceil(cities["to_next"].fillna(0).to_numpy(np.float64)).astype(np.int64)
    return Cohort(cities["city_id"].to_numpy(object), gaps, gaps & ~known, lacking)


def _cells(rows: pd.DataFrame, places: NDArray[np.intp], column: str, criteria: int) -> NDArray[np.bool_]:
    """The words of a column as cities × criteria."""
    cells = np.zeros((int(places.max(initial=-1)) + 1, -(-criteria // _WORD) * _WORD), dtype=bool)
    with_words = rows["word"].notna().to_numpy()
    words = rows["word"][with_words].to_numpy(np.int64)
    masks = rows[column][with_words].to_numpy(np.int64)
    bit = np.arange(_WORD)
    cells[places[with_words][:, None], words[:, None] * _WORD + bit] = (masks[:, None] >> bit) & 1 == 1
    return cells[:, :criteria]
