"""From one city's answers to a level: what a scenario would score, and the shortest road.

A criterion's worth in points follows from the standard and from what the city was asked; a level is reached as by the
database's own rule, which a test compares: to ask it for every tick takes longer than to simulate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

import numpy as np
import pandas as pd

from lib.queries.cohort import ask
from lib.queries.kept import codes_of, kept_answers
from lib.queries.standards import read_standard
from lib.scenario import USUAL_EFFORT, Simulated
from lib.selection import NO_LEVEL, Selection
from lib.standard import Standard
from lib.stats.attendance import Reals
from lib.stats.road import Bools, Places, Standing, closed, shortest
from lib.warehouse import Warehouse

NEXT = ""
"""Stands for the next level, whatever it is called."""

_ASSESSED = """
select 1
from assessment
where standard_id = try_cast($standard as standard_id)
    and city_id = try_cast($city as city_id)
    and cycle = try_cast($cycle as cycle_label)
    and stage = try_cast($stage as stage)
"""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a road is asked for, see `shortest_road`."""

    city: str
    target: str
    effort: tuple[tuple[str, int], ...]
    favour: tuple[tuple[str, float], ...]


def own_answers(warehouse: Warehouse, selection: Selection, city: str) -> pd.DataFrame:
    """One row per criterion in the standard's order; none where the city has no assessment in this cycle and stage.

    criterion_id, short_name, text, area_id, area, status, credit (0 to 1, null without an answer).
    """
    return warehouse.computed(_own, selection, city)


def simulated(warehouse: Warehouse, selection: Selection, city: str, ticks: tuple[str, ...] = ()) -> Simulated:
    """What the city would score and reach with the criteria `ticks` met on top of its answers.

    A criterion that is met already, not applicable or blocked cannot be ticked; a blocked one counts as soon as what it
    requires is met. A score of NaN where the city was not assessed, or has no score.
    """
    answers = own_answers(warehouse, selection, city)
    if answers.empty:
        return Simulated(float("nan"))
    standard = read_standard(warehouse, selection.standard)
    standing = standing_of(answers, standard)
    chosen = _marked(standard, ticks) & standing.open
    waits = tuple(
        (standard.criteria[place].id, waits_for(standing, standard, int(place), chosen))
        for place in np.flatnonzero(chosen & standing.waiting(chosen))
    )
    return _levelled(warehouse, selection, standing.score(chosen), waits)


def shortest_road(
    warehouse: Warehouse,
    selection: Selection,
    city: str,
    *,
    target: str = NEXT,
    effort: tuple[tuple[str, int], ...] = (),
    favour: tuple[tuple[str, float], ...] = (),
) -> tuple[str, ...] | None:
    """Criteria to meet for the level `target` (a level's name, else the next one), in the standard's order.

    The least effort in all (`effort`; the usual one where none is chosen), of equals the fewest criteria, of these the
    most met by others (`favour`: shares). Empty where nothing is left to reach; None where no set reaches it.
    """
    found = warehouse.computed(_road, selection, _Asked(city, target, effort, favour))
    return None if found["criterion_id"].isna().any() else tuple(found["criterion_id"])


def standing_of(answers: pd.DataFrame, standard: Standard) -> Standing:
    """The city's answers as numbers. `answers`: own_answers, not empty.

    The database keeps no credit of a blocked answer: it is taken to count in full once what it requires is met.
    """
    status, credit = answers["status"].to_numpy(object), answers["credit"].to_numpy(np.float64)
    asked, blocked = status != "not_applicable", status == "blocked"
    places = {area.id: place for place, area in enumerate(standard.areas)}
    areas = np.array([places[area] for area in answers["area_id"].to_numpy(object)], dtype=np.intp)
    return Standing(
        worth=_worth(standard, asked, areas),
        credit=np.where(blocked, 1.0, np.where(np.isnan(credit), 0.0, credit)),
        held=(status == "met") | ~asked | blocked,
        said=~np.isnan(credit),
        areas=areas,
        needs=needs_of(standard),
        whole=standard.aggregation == "mean_of_areas",
    )


def needs_of(standard: Standard) -> Bools:
    """Criterion × criterion: true where the row requires the column, directly or through others."""
    places = {criterion.id: place for place, criterion in enumerate(standard.criteria)}
    needs = np.zeros((len(places), len(places)), dtype=bool)
    for rule in standard.prerequisites:
        needs[places[rule.criterion], places[rule.requires]] = True
    return closed(needs)


def waits_for(standing: Standing, standard: Standard, place: int, ticks: Bools) -> tuple[str, ...]:
    """What the criterion at this place requires and does not have."""
    missing = standing.needs[place] & ~(standing.held | ticks)
    return tuple(standard.criteria[other].id for other in np.flatnonzero(missing))


def _own(warehouse: Warehouse, selection: Selection, city: str) -> pd.DataFrame:
    """Nothing where the city has no assessment: not answering a criterion is something else than not taking part."""
    kept, standard = kept_answers(warehouse, selection), read_standard(warehouse, selection.standard)
    kind = kept.of(codes_of(warehouse, [city]))[:, 0]
    given = {id_: answer for id_, answer in zip(kept.criteria, kind.tolist(), strict=True) if answer}
    asked = not np.isnan(kept.credit[kind]).all() or not ask(warehouse, selection, _ASSESSED, city=city).empty
    every = [(criterion, area) for area in standard.areas for criterion in area.criteria] if asked else []
    told = [given.get(criterion.id, 0) for criterion, _ in every]
    return pd.DataFrame(
        {
            "criterion_id": pd.Series([criterion.id for criterion, _ in every], dtype="str"),
            "short_name": pd.Series([criterion.short_name for criterion, _ in every], dtype="str"),
            "text": pd.Series([criterion.text for criterion, _ in every], dtype="str"),
            "area_id": pd.Series([area.id for _, area in every], dtype="str"),
            "area": pd.Series([area.name for _, area in every], dtype="str"),
            "status": pd.Series([kept.status[answer] or "not_answered" for answer in told], dtype="str"),
            "credit": kept.credit[told],
        }
    )


def _worth(standard: Standard, asked: Bools, areas: Places) -> Reals:
    """Points that the score gains by each criterion in full."""
    weights = np.where(asked, [criterion.weight for criterion in standard.criteria], 0.0)
    if standard.aggregation == "count":
        return np.asarray(weights)
    sums = np.bincount(areas, weights, minlength=len(standard.areas))
    return np.asarray(100 * weights / np.where(sums > 0, sums, 1.0)[areas] / max(int((sums > 0).sum()), 1))


def _marked(standard: Standard, ids: tuple[str, ...]) -> Bools:
    return np.array([criterion.id in ids for criterion in standard.criteria], dtype=bool)


def _levelled(
    warehouse: Warehouse, selection: Selection, score: float, waits: tuple[tuple[str, tuple[str, ...]], ...]
) -> Simulated:
    if isnan(score):
        return Simulated(score, waiting=waits)
    standard = read_standard(warehouse, selection.standard)
    position = sum(level.minimum <= score for level in standard.levels)
    reached, above = standard.levels[:position][-1:], standard.levels[position : position + 1]
    return Simulated(
        score,
        reached[0].name if reached else NO_LEVEL,
        position,
        above[0].name if above else "",
        round(above[0].minimum - score, 9) if above else float("nan"),
        round(score - reached[0].minimum, 9) if reached else float("nan"),
        next((boundary.note for boundary in standard.boundaries if boundary.score == score), ""),
        waits,
    )


def _road(warehouse: Warehouse, selection: Selection, asked: _Asked) -> pd.DataFrame:
    answers = own_answers(warehouse, selection, asked.city)
    standard = read_standard(warehouse, selection.standard)
    least = _least(warehouse, selection, asked, standard)
    if answers.empty or least is None:
        return pd.DataFrame({"criterion_id": pd.Series(dtype="str")})
    found = shortest(
        standing_of(answers, standard),
        least,
        _numbers(standard, dict(asked.effort), USUAL_EFFORT),
        _numbers(standard, dict(asked.favour), 0.0),
    )
    ids = [None] if found is None else [standard.criteria[place].id for place in np.flatnonzero(found)]
    return pd.DataFrame({"criterion_id": pd.Series(ids, dtype="str")})


def _least(warehouse: Warehouse, selection: Selection, asked: _Asked, standard: Standard) -> float | None:
    """The score that the target begins at; None where there is no level above."""
    now = simulated(warehouse, selection, asked.city)
    named = {level.name: level.minimum for level in standard.levels}
    above = next(iter(named), "") if isnan(now.score) else now.next_level
    return named.get(asked.target, named.get(above))


def _numbers(standard: Standard, known: Mapping[str, float], usual: float) -> Reals:
    return np.array([known.get(criterion.id, usual) for criterion in standard.criteria], dtype=np.float64)
