"""Nearly there, workshops and next steps against plain Python."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.queries.near import in_the_way, near_blockers, near_board
from lib.queries.steps import RASCH_MINIMUM, Profile, difficulty_order, next_steps, steps_near
from lib.queries.workshops import AREAS as BY_AREA
from lib.queries.workshops import CRITERIA as BY_CRITERION
from lib.queries.workshops import Offer, taught_cities, workshop_plan
from lib.selection import MINIMUM_N, Selection
from lib.warehouse import Warehouse
from tests.lib.queries.selections import SELECTIONS, TRIES, rows
from tests.lib.queries.world import AREAS, CRITERIA, CYCLES, LEVELS, Assessment, World

HELD = ("met", "not_applicable")
SIMILAR = len(CRITERIA) * 0.1
LEAST = [minimum for minimum, _ in LEVELS]


def assessed(world: World, selection: Selection) -> list[Assessment]:
    return world.keys(world.cohort(selection), selection.cycle, selection)


def short(world: World, key: Assessment) -> float:
    """What a city lacks of its next level; infinite at the top."""
    return min((least - world.score(key) for least in LEAST if least > world.score(key)), default=float("inf"))


def gaps(world: World, key: Assessment) -> list[str]:
    return [c for c, status in zip(CRITERIA, world.statuses(key), strict=True) if status not in HELD]


@TRIES
@given(selection=SELECTIONS, within=st.integers(1, 5))
def test_the_board(warehouse: Warehouse, world: World, selection: Selection, within: int) -> None:
    near = [key for key in assessed(world, selection) if short(world, key) <= within]
    near.sort(key=lambda key: (-sum(world.score(key) >= least for least in LEAST), short(world, key)))
    found = near_board(warehouse, selection, within)
    expected = [
        (
            key.city,
            world.score(key),
            short(world, key),
            world.count(key, "not_met"),
            world.count(key, "not_answered"),
            "five is contested" if world.score(key) == 5 else None,
        )
        for key in near
    ]
    assert rows(found, "city_id", "score", "to_next", "not_met", "unanswered", "boundary_note") == expected


@TRIES
@given(selection=SELECTIONS, within=st.integers(1, 5))
def test_what_stands_in_the_way(warehouse: Warehouse, world: World, selection: Selection, within: int) -> None:
    near = [key for key in assessed(world, selection) if short(world, key) <= within]
    found = near_blockers(warehouse, selection, within)
    lacked = {c: sum(c in gaps(world, key) for key in near) for c in CRITERIA}
    order = sorted(filter(lacked.__getitem__, CRITERIA), key=lambda c: -lacked[c])
    assert rows(found, "criterion_id", "missing") == [(c, lacked[c]) for c in order]
    assert (found["missing"] == found["not_met"] + found["blocked"] + found["unanswered"]).all()


@TRIES
@given(selection=SELECTIONS)
def test_how_often_similar_cities_meet_it(warehouse: Warehouse, world: World, selection: Selection) -> None:
    keys = assessed(world, selection)
    found = in_the_way(warehouse, selection, tuple(key.city for key in keys))
    expected = {}
    for key in keys:
        alike = [other for other in keys if other != key and abs(world.score(other) - world.score(key)) <= SIMILAR]
        for criterion in gaps(world, key):
            given = [world.given[other].get(criterion) for other in alike]
            expected[key.city, criterion] = (given.count("met"), given.count("met") + given.count("not_met"))
    assert {row[:2]: row[2:] for row in rows(found, "city_id", "criterion_id", "met", "answered")} == expected
    assert (found["pass_rate"].isna() == (found["answered"] < MINIMUM_N)).all()
    for _, city in found.groupby("city_id"):
        known = city["pass_rate"].dropna()
        assert known.is_monotonic_decreasing


@TRIES
@given(selection=SELECTIONS, workshops=st.integers(1, 3), unit=st.sampled_from([BY_CRITERION, BY_AREA]))
def test_who_attends_and_who_goes_up(
    warehouse: Warehouse, world: World, selection: Selection, workshops: int, unit: str
) -> None:
    keys = assessed(world, selection)
    if not keys:
        return
    plan = workshop_plan(warehouse, selection, Offer(unit, workshops, 1.0, level=True))
    units = AREAS if unit == BY_AREA else {c: (c,) for c in CRITERIA}
    for row in plan.itertuples():
        lacking = [key for key in keys if set(gaps(world, key)) & set(units[row.unit_id])]
        assert row.attending == len(lacking)
    taught = {criterion for id_ in plan["unit_id"] for criterion in units[id_]}
    up = [key.city for key in keys if len(taught & set(gaps(world, key))) >= short(world, key)]
    assert plan["value"].iloc[0] == len(up)
    cities = taught_cities(warehouse, selection, tuple(sorted(taught)), 1.0)
    assert sorted(cities["city_id"]) == sorted(up)
    assert (cities["chance"] == 1).all()


def turns(world: World, selection: Selection) -> Iterator[tuple[Assessment, Assessment | None]]:
    """Each assessment of the selection's cities, with the city's next one at the same stage."""
    members = {cycle: world.members(selection, cycle) for cycle in CYCLES}
    for city in world.names:
        own = [Assessment(city, cycle, selection.stage) for cycle in CYCLES if city in members[cycle]]
        yield from pairwise([*own, None])  # type: ignore[misc]


@TRIES
@given(selection=SELECTIONS, start=st.sampled_from([None, 0, 1, 2]))
def test_what_was_met_next(warehouse: Warehouse, world: World, selection: Selection, start: int | None) -> None:
    found = next_steps(warehouse, selection, Profile(position=start)).set_index("criterion_id")
    pairs = [
        (key, after)
        for key, after in turns(world, selection)
        if start is None or sum(world.score(key) >= least for least in LEAST) == start
    ]
    assert set(found.index) == set(CRITERIA)
    for criterion in CRITERIA:
        begun = [(key, after) for key, after in pairs if world.given[key].get(criterion) == "not_met"]
        given = [world.given[after].get(criterion) for _, after in begun if after]
        said = [status for status in given if status in ("met", "not_met")]
        row = found.loc[criterion]
        assert (row["answered"], row["met"]) == (len(said), said.count("met"))
        assert row["silent"] == len(given) - len(said)
        assert row["ended"] == len(begun) - len(given)
        assert np.isnan(row["pass_rate"]) == (len(said) < MINIMUM_N)
    assert (found["starts"] == len(pairs)).all()
    assert (found["latest"] + found["gone"] == sum(after is None for _, after in pairs)).all()


@TRIES
@given(selection=SELECTIONS, low=st.integers(0, 9))
def test_a_profile_can_be_a_window_of_scores(
    warehouse: Warehouse, world: World, selection: Selection, low: int
) -> None:
    found = next_steps(warehouse, selection, Profile(low=low, high=low + 2))
    pairs = [key for key, _ in turns(world, selection) if low <= world.score(key) <= low + 2]
    assert (found["starts"] == len(pairs)).all()


@TRIES
@given(selection=SELECTIONS, score=st.integers(0, 9))
def test_what_was_met_next_near_a_score(warehouse: Warehouse, world: World, selection: Selection, score: int) -> None:
    """Whatever is selected besides the standard and the stage."""
    everybody = Selection("towns", selection.cycle, selection.stage)
    found = steps_near(warehouse, selection, score, 1).set_index("criterion_id")
    whole = next_steps(warehouse, everybody, Profile(low=score - 1, high=score + 1)).set_index("criterion_id")
    for criterion, row in whole.iterrows():
        same = found.loc[criterion] if row["answered"] else row.rename({"answered": "cases"})
        assert (same["cases"], same["met"]) == (row["answered"], row["met"])
        ends = [list(part[["pass_rate", "low", "high"]].fillna(-1)) for part in (same, row)]
        assert ends[0] == pytest.approx(ends[1], rel=1e-12, abs=1e-12)


def test_too_few_cities_have_no_order(warehouse: Warehouse) -> None:
    selection = Selection("towns", "2025", "validated")
    assert difficulty_order(warehouse, selection).empty
    assert RASCH_MINIMUM > 26
