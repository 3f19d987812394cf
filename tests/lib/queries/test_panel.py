"""Two cycles side by side: cities, parts of the change, gains and the ways between levels, against plain Python."""

from statistics import mean, stdev

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from scipy.stats import t
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

from lib.queries.crosswalk import Against
from lib.queries.gains import criterion_gains
from lib.queries.panel import change_parts, city_changes, movements
from lib.queries.standards import read_standard
from lib.queries.transitions import ABSENT, Ladder, flows, ladder, on_ladder
from lib.selection import MINIMUM_N, NO_LEVEL, Selection
from lib.warehouse import Warehouse
from tests.lib.queries.selections import SELECTIONS, TRIES, rows
from tests.lib.queries.world import LEVELS, Assessment, World

RUNGS = [NO_LEVEL, *(name for _, name in LEVELS)]


def against(selection: Selection) -> Against:
    return Against(selection.standard, selection.versus or "none")


def scores(world: World, selection: Selection) -> dict[str, tuple[int | None, int | None]]:
    """City → score before and now, None where it was not assessed."""
    now = {key.city: world.score(key) for key in world.keys(world.cohort(selection), selection.cycle, selection)}
    then = {key.city: world.score(key) for key in world.keys(world.before(selection), selection.versus, selection)}
    return {city: (then.get(city), now.get(city)) for city in world.by_name() if city in now | then}


@TRIES
@given(selection=SELECTIONS)
def test_each_city_has_its_score_and_level_of_both_cycles(
    warehouse: Warehouse, world: World, selection: Selection
) -> None:
    found = city_changes(warehouse, selection, against(selection))
    expected = scores(world, selection)
    assert sorted(rows(found, "city_id", "before", "now")) == sorted((id_, *pair) for id_, pair in expected.items())
    assert rows(found, "whole_before", "whole_now") == rows(found, "before", "now")
    for row in found.itertuples():
        for cycle, score, level in (
            (selection.versus, row.before, row.level_before),
            (selection.cycle, row.now, row.level_now),
        ):
            if not np.isnan(score):
                assert RUNGS[int(level)] == world.level(Assessment(row.city_id, str(cycle), selection.stage))


@TRIES
@given(selection=SELECTIONS)
def test_the_parts_are_those_of_plain_python(warehouse: Warehouse, world: World, selection: Selection) -> None:
    pairs = list(scores(world, selection).values())
    both = [(before, now) for before, now in pairs if before is not None and now is not None]
    parts = change_parts(warehouse, selection, against(selection)).set_index("part")
    if len(both) < MINIMUM_N:
        assert parts.empty
        return
    mean_before, mean_now = (mean(pair[i] for pair in pairs if pair[i] is not None) for i in (0, 1))
    changes = [now - before for before, now in both]
    stayed = [mean(pair[i] for pair in both) for i in (0, 1)]
    assert parts["value"].to_dict() == pytest.approx(
        {
            "before": mean_before,
            "panel": mean(changes),
            "entrants": mean_now - stayed[1],
            "leavers": stayed[0] - mean_before,
            "now": mean_now,
        },
        abs=1e-9,
    )
    assert parts["value"].drop("now").sum() == pytest.approx(mean_now)
    assert parts["end"].to_list()[:-1] == pytest.approx([*parts["start"].to_list()[1:-1], mean_now])
    assert parts.loc["panel", "cities"] == len(both)
    if len(set(changes)) > 1:
        reach = t.ppf(0.975, len(both) - 1) * stdev(changes) / len(both) ** 0.5
        assert parts.loc["panel", ["low", "high"]].tolist() == pytest.approx(
            [mean(changes) - reach, mean(changes) + reach]
        )


@TRIES
@given(selection=SELECTIONS)
def test_gains_are_tested_exactly_and_together(warehouse: Warehouse, selection: Selection) -> None:
    found = criterion_gains(warehouse, selection)
    known = found[found["n"] >= MINIMUM_N]
    assert found.loc[found["n"] < MINIMUM_N, ["p", "q"]].isna().all(axis=None)
    assert found["net"].tolist() == (found["gained"] - found["lost"]).tolist()
    exact = [mcnemar([[0, row.gained], [row.lost, 0]], exact=True).pvalue for row in known.itertuples()]
    assert known["p"].tolist() == pytest.approx(exact)
    if len(known):
        assert known["q"].tolist() == pytest.approx(multipletests(exact, method="fdr_bh")[1].tolist())


@TRIES
@given(selection=SELECTIONS)
def test_every_city_takes_one_way_between_levels(warehouse: Warehouse, world: World, selection: Selection) -> None:
    cities = city_changes(warehouse, selection, against(selection))
    steps = ladder(cities, read_standard(warehouse, "towns"))
    assert steps == Ladder(tuple(RUNGS))
    found = flows(on_ladder(cities, steps))
    assert found["cities"].sum() == len(cities)
    stayed = [city for city, pair in scores(world, selection).items() if None not in pair]
    moved = [(world.level(a), world.level(b)) for a, b in zip(
        world.keys(stayed, selection.versus, selection), world.keys(stayed, selection.cycle, selection), strict=True
    )]  # fmt: skip
    for row in found.itertuples():
        if ABSENT not in (row.start, row.end):
            assert row.cities == moved.count((RUNGS[row.start], RUNGS[row.end]))


def frame(*pairs: tuple[float | None, float | None]) -> pd.DataFrame:
    before, now = zip(*pairs, strict=True)
    columns = {"city_id": [f"c{n}" for n in range(len(pairs))], "name": [f"City {n}" for n in range(len(pairs))]}
    data = pd.DataFrame(columns | {"before": before, "now": now}).astype({"before": float, "now": float})
    return data.assign(level_before=0, level_now=0)


@pytest.fixture
def unlevelled(warehouse: Warehouse) -> object:
    from dataclasses import replace

    return replace(read_standard(warehouse, "towns"), levels=())


def test_without_levels_the_rungs_are_quarters_of_the_scores_before(unlevelled: object) -> None:
    cities = frame(*((score, score + 30.0) for score in (10.0, 20.0, 20.0, 30.0, 40.0, 50.0)), (None, 10.0))
    steps = ladder(cities, unlevelled)  # type: ignore[arg-type]
    assert steps == Ladder(("Under 20", "20 to under 25", "25 to under 37.5", "37.5 and more"), (20.0, 25.0, 37.5))
    placed = on_ladder(cities, steps)
    assert placed["start"].tolist() == [0, 1, 1, 2, 3, 3, ABSENT]
    assert placed["end"].tolist() == [3, 3, 3, 3, 3, 3, 0]
    assert placed["flow"].tolist()[-1] == "x-0"


@pytest.mark.parametrize("pairs", [[(7.0, 7.0)] * 5, [(None, 3.0)], [(7.0, None), (None, 3.0)]])
def test_scores_that_are_all_alike_are_one_quarter(unlevelled: object, pairs: list[tuple[float, float]]) -> None:
    steps = ladder(frame(*pairs), unlevelled)  # type: ignore[arg-type]
    assert steps.rungs == ("All scores",)
    assert set(on_ladder(frame(*pairs), steps)[["start", "end"]].to_numpy().ravel()) <= {0, ABSENT}


def test_movements_share_places_and_know_what_was_expected() -> None:
    found = movements(frame((10.0, 14.0), (20.0, 22.0), (30.0, 30.0), (40.0, 42.0), (None, 5.0)))
    assert found["change"].tolist() == [4, 2, 0, 2]
    assert found["place"].tolist() == ["1", "2–3", "4", "2–3"]
    assert found["expected"].tolist() == pytest.approx([3.2, 2.4, 1.6, 0.8])
    assert found["expected"].mean() == pytest.approx(found["change"].mean())
