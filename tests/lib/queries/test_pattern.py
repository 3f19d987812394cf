"""Orders of the whole cohort and their groups, against plain Python."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.queries.areas import area_grid_by_city
from lib.queries.criteria import criteria_grid
from lib.queries.pattern import area_columns, area_groups, area_order, criteria_groups, criteria_order
from lib.selection import MINIMUM_N, Selection
from lib.warehouse import Warehouse
from tests.lib.queries.selections import SELECTIONS, TRIES
from tests.lib.queries.world import AREAS, World, mean_share


@TRIES
@given(selection=SELECTIONS)
def test_every_city_has_one_place_by_areas(warehouse: Warehouse, world: World, selection: Selection) -> None:
    order = area_order(warehouse, selection)
    keys = {key.city: key for key in world.keys(world.cohort(selection), selection.cycle, selection)}
    assert sorted(order["city_id"]) == sorted(keys)
    if keys:
        assert sorted(area_columns(warehouse, selection)) == sorted(AREAS)
    groups = area_groups(warehouse, selection).set_index(["row_id", "area_id"])
    for group, part in order.groupby("group"):
        own = [keys[city] for city in part["city_id"]]
        for area in AREAS:
            _, share = mean_share(world, own, area, MINIMUM_N)
            _, whole = mean_share(world, list(keys.values()), area, MINIMUM_N)
            row = groups.loc[(str(group), area)]
            assert row["members"] == len(own)
            assert row["value"] == pytest.approx(math.nan if share is None else share, nan_ok=True)
            assert row["whole"] == pytest.approx(math.nan if whole is None else whole, nan_ok=True)
        assert part["starts"].tolist() == [True] + [False] * (len(part) - 1)
        assert part["ends"].tolist() == [False] * (len(part) - 1) + [True]


@TRIES
@given(selection=SELECTIONS, area=st.sampled_from([None, *AREAS]))
def test_cities_by_how_many_criteria_they_meet(
    warehouse: Warehouse, world: World, selection: Selection, area: str | None
) -> None:
    order = criteria_order(warehouse, selection, area)
    keys = {key.city: key for key in world.keys(world.cohort(selection), selection.cycle, selection)}
    criteria = [one for id_, own in AREAS.items() for one in own if area in (None, id_)]
    assert sorted(order["city_id"]) == sorted(keys)
    met = [world.count(keys[city], "met", criteria=criteria) for city in order["city_id"]]
    assert order["met"].tolist() == met == sorted(met, reverse=True)
    groups = criteria_groups(warehouse, selection, area)
    for group, part in order.groupby("group"):
        own = groups[groups["row_id"] == str(group)]
        assert own["criterion_id"].tolist() == criteria
        assert (own["least"].iloc[0], own["most"].iloc[0]) == (part["met"].min(), part["met"].max())
        for row in own.itertuples():
            given_answers = [world.given[keys[city]].get(row.criterion_id) for city in part["city_id"]]
            assert row.met == given_answers.count("met")
            assert row.answered == given_answers.count("met") + given_answers.count("not_met")


@TRIES
@given(selection=SELECTIONS)
def test_a_page_of_listed_cities_comes_in_that_order(warehouse: Warehouse, selection: Selection) -> None:
    listed = tuple(area_order(warehouse, selection)["city_id"][2:7])
    if listed:
        for grid in (
            area_grid_by_city(warehouse, selection, listed=listed),
            criteria_grid(warehouse, selection, listed=listed),
        ):
            assert tuple(grid.loc[~grid["pinned"], "row_id"].unique()) == listed
