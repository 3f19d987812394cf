"""One city against the cohort, against plain Python."""

from statistics import median, quantiles

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.queries import city as questions
from lib.queries.city import city_areas, city_attributes, city_criteria, city_history, city_summary
from lib.queries.criteria import criterion_rates
from lib.selection import MINIMUM_N, Selection
from lib.warehouse import Warehouse
from tests.lib.queries.selections import SELECTIONS, TRIES, rows
from tests.lib.queries.world import AREAS, CRITERIA, CYCLES, Assessment, World

PLACES = st.integers(0, 25)


def focus(world: World, place: int, selection: Selection) -> Assessment:
    return Assessment(world.by_name()[place], selection.cycle, selection.stage)


@TRIES
@given(selection=SELECTIONS, place=PLACES)
def test_where_it_stands(warehouse: Warehouse, world: World, selection: Selection, place: int) -> None:
    own = focus(world, place, selection)
    found = city_summary(warehouse, selection, own.city)
    if own not in world.assessments:
        assert found.empty
        return
    cohort = world.cohort(selection)
    scores = [world.score(key) for key in world.keys(cohort, *own[1:2], selection) if key != own] + [world.score(own)]
    row = found.iloc[0]
    assert (row["name"], row["score"], row["level"]) == (world.names[own.city], world.score(own), world.level(own))
    assert row["in_cohort"] == (own.city in cohort)
    assert row["of"] == len(scores)
    ranked = sorted(scores, reverse=True)
    assert row["rank_from"] == ranked.index(world.score(own)) + 1
    assert row["rank_to"] == row["rank_from"] + ranked.count(world.score(own)) - 1
    earlier = Assessment(own.city, str(selection.versus), own.stage)
    change = world.score(own) - world.score(earlier) if earlier in world.assessments else float("nan")
    assert row["score_change"] == pytest.approx(change, nan_ok=True)


@TRIES
@given(selection=SELECTIONS, place=PLACES)
def test_its_areas_beside_those_of_the_cohort(
    warehouse: Warehouse, world: World, selection: Selection, place: int
) -> None:
    own = focus(world, place, selection)
    cohort = [key for key in world.keys(world.cohort(selection), own.cycle, selection) if key != own]
    shown = sorted(cohort) + ([own] if own in world.assessments else [])
    found = city_areas(warehouse, selection, own.city)
    expected = [(area, key.city, key == own, _close(world.share(key, area))) for area in AREAS for key in shown]
    assert rows(found, "area_id", "city_id", "is_focus", "share") == expected
    for area, group in found.groupby("area_id", observed=True):
        keys = world.keys(world.cohort(selection), own.cycle, selection)
        shares = [share for key in keys if (share := world.share(key, str(area))) is not None]
        assert set(group["cities"]) == {len(shares)}
        if len(shares) >= MINIMUM_N:
            low, _, high = quantiles(shares, n=4, method="inclusive")
            summary = group[["q1", "median", "q3"]].drop_duplicates().to_numpy()
            assert summary.tolist() == [pytest.approx([low, median(shares), high])]
        else:
            assert group[["q1", "median", "q3"]].isna().all(axis=None)


def _close(share: float | None) -> object:
    return share if share is None else pytest.approx(share)


def test_a_large_cohort_leaves_its_cities_out(
    warehouse: Warehouse, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    selection = Selection("towns", "2025", "validated")
    city = world.cohort(selection)[0]
    every = city_areas(warehouse, selection, city)
    monkeypatch.setattr(questions, "STRIP_LIMIT", len(world.cohort(selection)) - 1)
    alone = city_areas(warehouse, selection, city)
    pd.testing.assert_frame_equal(alone, every[every["is_focus"]].reset_index(drop=True))


@TRIES
@given(selection=SELECTIONS, place=PLACES)
def test_its_criteria_beside_the_cohorts_rates(
    warehouse: Warehouse, world: World, selection: Selection, place: int
) -> None:
    own = focus(world, place, selection)
    found = city_criteria(warehouse, selection, own.city)
    earlier = Assessment(own.city, str(selection.versus), own.stage)
    compared = earlier in world.assessments
    assert rows(found, "criterion_id", "status", "versus_status") == [
        (
            criterion,
            world.given[own].get(criterion, "not_answered"),
            world.given[earlier].get(criterion, "not_answered") if compared else None,
        )
        for criterion in CRITERIA
        if own in world.assessments
    ]
    rates = criterion_rates(warehouse, selection)
    if not found.empty and not rates.empty:
        measures = ["met", "answered", "pass_rate", "low", "high"]
        pd.testing.assert_frame_equal(found[measures], rates[measures])
    elif not found.empty:
        assert found[["met", "answered"]].eq(0).all(axis=None)
        assert found["pass_rate"].isna().all()


def test_its_history_has_every_assessment(warehouse: Warehouse, world: World) -> None:
    for city in world.names:
        stages = ("self_reported", "validated")
        keys = [
            key for cycle in CYCLES for stage in stages if (key := Assessment(city, cycle, stage)) in world.assessments
        ]
        found = city_history(warehouse, Selection("towns", "2025", "validated"), city)
        assert rows(found, "cycle", "stage", "score", "level") == [
            (*k[1:], world.score(k), world.level(k)) for k in keys
        ]


def test_its_attributes(warehouse: Warehouse, world: World) -> None:
    for city, attributes in world.attributes.items():
        assert dict(rows(city_attributes(warehouse, city), "attribute_id", "value")) == attributes


@pytest.mark.parametrize("city", ["", "nobody", "t01' or 1=1 --"])
def test_an_unknown_city_has_nothing(warehouse: Warehouse, city: str) -> None:
    selection = Selection("towns", "2025", "validated", "2024")
    assert city_summary(warehouse, selection, city).empty
    assert city_criteria(warehouse, selection, city).empty
    assert city_history(warehouse, selection, city).empty
    assert city_attributes(warehouse, city).empty
    assert not city_areas(warehouse, selection, city)["is_focus"].any()
