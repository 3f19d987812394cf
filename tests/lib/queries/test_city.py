"""One city against the cohort, against plain Python."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.queries.city import city_attributes, city_criteria, city_history, city_summary
from lib.selection import Selection
from lib.warehouse import Warehouse
from tests.lib.queries.selections import SELECTIONS, TRIES, rows
from tests.lib.queries.world import CRITERIA, CYCLES, Assessment, World

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
    row = found.iloc[0]
    assert (row["name"], row["score"], row["level"]) == (world.names[own.city], world.score(own), world.level(own))
    earlier = Assessment(own.city, str(selection.versus), own.stage)
    change = world.score(own) - world.score(earlier) if earlier in world.assessments else float("nan")
    assert row["score_change"] == pytest.approx(change, nan_ok=True)


@TRIES
@given(selection=SELECTIONS, place=PLACES)
def test_its_criteria(warehouse: Warehouse, world: World, selection: Selection, place: int) -> None:
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
