"""Which cities a question is about, and their figures, against plain Python."""

from statistics import median

import pandas as pd
import pytest
from hypothesis import given
from statsmodels.stats.proportion import proportion_confint

from lib.queries.cities import cities, city_names, near_misses
from lib.queries.cohort import ask
from lib.queries.figures import cohort_size, key_figures, levels_by_cycle
from lib.queries.near import near_blockers
from lib.selection import MINIMUM_N, NO_LEVEL, Selection
from lib.warehouse import Warehouse
from tests.lib.queries.selections import SELECTIONS, TRIES, rows
from tests.lib.queries.world import CRITERIA, CYCLES, LEVELS, Assessment, World

SHARE = ("share", "low", "high")


def measured(part: int, whole: int) -> tuple[object, ...]:
    """A share and its Wilson interval as statsmodels computes it; nothing under the minimum."""
    if whole < MINIMUM_N:
        return (None, None, None)
    return tuple(pytest.approx(n, abs=1e-7) for n in (part / whole, *proportion_confint(part, whole, method="wilson")))


def ids(warehouse: Warehouse, selection: Selection, piece: str) -> set[str]:
    return set(ask(warehouse, selection, "from " + piece)["city_id"])


@TRIES
@given(selection=SELECTIONS)
def test_the_pieces_hold_the_cities_selected(warehouse: Warehouse, world: World, selection: Selection) -> None:
    cohort, before = set(world.cohort(selection)), set(world.before(selection))
    assert ids(warehouse, selection, "cohort") == cohort
    assert ids(warehouse, selection, "before") == before
    assert ids(warehouse, selection, "panel") == cohort & before
    members = ask(warehouse, selection, "from members")
    assert set(zip(members["cycle"], members["city_id"], strict=True)) == {
        (cycle, city) for cycle in CYCLES for city in world.members(selection, cycle)
    }
    assessed = [key for key in world.assessments if key[1:] == (selection.cycle, selection.stage)]
    assert cohort_size(warehouse, selection) == (len(cohort), len(assessed))


@TRIES
@given(selection=SELECTIONS)
def test_key_figures(warehouse: Warehouse, world: World, selection: Selection) -> None:
    figures = key_figures(warehouse, selection).set_index("period")
    cohort, before = world.cohort(selection), world.before(selection)
    periods = {"now": (cohort, selection.cycle), "versus": (before, selection.versus)}
    assert set(figures.index) == {period for period, (towns, _) in periods.items() if towns}
    for period, row in figures.iterrows():
        towns, cycle = periods[str(period)]
        keys = world.keys(towns, cycle, selection)
        met, answered = (sum(world.count(key, *s) for key in keys) for s in (["met"], ["met", "not_met"]))
        asked = sum(len(CRITERIA) - world.count(key, "not_applicable") for key in keys)
        assert (row["cities"], row["panel"], row["met"], row["answered"], row["asked"]) == (
            *(len(towns), len(set(cohort) & set(before))),
            *(met, answered, asked),
        )
        assert row["coverage"] == pytest.approx(answered / asked)
        middle = median(map(world.score, keys)) if len(towns) >= MINIMUM_N else float("nan")
        assert row["median_score"] == pytest.approx(middle, nan_ok=True)
        assert row["near_misses"] == sum(world.score(key) in {2, 3, 4, 5, 6, 7} for key in keys)
        reached = sum(world.level(key) != NO_LEVEL for key in keys)
        assert row["reached"] == reached
        assert rows(figures.loc[[period]], "reached_rate", "reached_low", "reached_high") == [
            measured(reached, len(keys))
        ]
        assert row["at_top"] == sum(world.level(key) == "Great" for key in keys)


@TRIES
@given(selection=SELECTIONS)
def test_levels_by_cycle(warehouse: Warehouse, world: World, selection: Selection) -> None:
    expected = []
    for cycle in CYCLES:
        keys = world.keys(world.members(selection, cycle), cycle, selection)
        for level in (NO_LEVEL, *(name for _, name in LEVELS)) if keys else ():
            count = sum(world.level(key) == level for key in keys)
            expected.append((cycle, level, count, len(keys), *measured(count, len(keys))))
    assert rows(levels_by_cycle(warehouse, selection), "cycle", "level", "cities", "assessed", *SHARE) == expected


@TRIES
@given(selection=SELECTIONS)
def test_cities_come_by_name_with_their_level_and_the_way_to_the_next(
    warehouse: Warehouse, world: World, selection: Selection
) -> None:
    found = cities(warehouse, selection)
    assert found["city_id"].tolist() == world.cohort(selection)
    for row in found.itertuples():
        key = Assessment(row.city_id, selection.cycle, selection.stage)
        score, following = world.score(key), [level for level in LEVELS if level[0] > world.score(key)]
        assert (row.name, row.score, row.level) == (world.names[row.city_id], score, world.level(key))
        assert row.participation == world.participation(key)
        assert (row.met, row.share) == (score, pytest.approx(score / len(CRITERIA)))
        assert row.to_next == pytest.approx(following[0][0] - score if following else float("nan"), nan_ok=True)
        assert (row.next_level == following[0][1]) if following else pd.isna(row.next_level)
        assert (row.boundary_note == "five is contested") if score == 5 else pd.isna(row.boundary_note)
        earlier = Assessment(row.city_id, str(selection.versus), selection.stage)
        change = score - world.score(earlier) if row.city_id in world.before(selection) else float("nan")
        assert row.score_change == pytest.approx(change, nan_ok=True)


@TRIES
@given(selection=SELECTIONS)
def test_near_misses_and_what_they_miss(warehouse: Warehouse, world: World, selection: Selection) -> None:
    keys = world.keys(world.cohort(selection), selection.cycle, selection)
    short = {
        key: next((least - world.score(key) for least, _ in LEVELS if least > world.score(key)), 99) for key in keys
    }
    near = [key for key in keys if short[key] <= 2]
    assert near_misses(warehouse, selection)["city_id"].tolist() == [key.city for key in sorted(near, key=short.get)]
    missing = {c: sum(world.given[key].get(c) not in {"met", "not_applicable"} for key in near) for c in CRITERIA}
    ranked = sorted((c for c in CRITERIA if missing[c]), key=lambda c: -missing[c])
    gaps = near_blockers(warehouse, selection)
    assert gaps["criterion_id"].tolist() == ranked
    assert gaps["missing"].tolist() == [missing[c] for c in ranked]
    assert set(gaps["near_misses"]) <= {len(near)}


def test_every_city_ever_assessed_can_be_picked(warehouse: Warehouse, world: World) -> None:
    found = city_names(warehouse, "towns")
    assessed = {key.city for key in world.assessments}
    assert found["city_id"].tolist() == [city for city in world.by_name() if city in assessed]


@pytest.mark.parametrize(
    "nonsense",
    [
        Selection("nobody", "2025", "validated"),
        Selection("towns", "1066", "validated", "1067"),
        Selection("towns", "2025", "x' or 1=1 --"),
        Selection("towns", "2025", "validated", attributes=(("country'; drop table city; --", ("Chile",)),)),
        Selection("towns", "2025", "validated", attributes=(("country", ("Atlantis",)),)),
        Selection("towns", "2025", "validated", levels=("Bronze",)),
        Selection("", "", "validated"),
    ],
)
def test_what_the_database_does_not_know_selects_nothing(warehouse: Warehouse, nonsense: Selection) -> None:
    assert cities(warehouse, nonsense).empty
    assert key_figures(warehouse, nonsense).empty
    assert cohort_size(warehouse, nonsense)[0] == 0
