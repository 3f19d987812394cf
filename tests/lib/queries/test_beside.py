"""Segments as rows beside one another: each says what the same filters say of the selection alone."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from lib.queries.areas import area_grid_by_city
from lib.queries.beside import (
    ROW,
    change_beside,
    near_beside,
    steps_beside,
    taught_beside,
    with_area_rows,
    with_criteria_rows,
)
from lib.queries.criteria import criteria_grid
from lib.queries.crosswalk import Against
from lib.queries.figures import cohort_size
from lib.queries.near import near_board
from lib.queries.panel import change_parts
from lib.queries.steps import Profile, next_steps
from lib.queries.workshops import taught_cities
from lib.segments import Segment
from lib.selection import Selection
from lib.warehouse import Warehouse
from tests.lib.queries.selections import SELECTIONS, TRIES
from tests.lib.queries.test_segments import EVERYBODY, unfiltered

NOBODY = Segment("Nobody", cities=("nowhere",))
BY_ATTRIBUTE = SELECTIONS.filter(lambda s: s.attributes and not s.levels and not s.participation)


def beside(selection: Selection) -> Selection:
    """Its filters as a segment, between everybody and nobody."""
    return unfiltered(selection, EVERYBODY, selection.as_segment("Some"), NOBODY)


@TRIES
@given(selection=SELECTIONS.filter(lambda selection: selection.filtered))
def test_near_misses_of_a_segment_are_those_of_its_filters(warehouse: Warehouse, selection: Selection) -> None:
    near = near_beside(warehouse, beside(selection), 3)
    whole = near[near["next_level"].isna()].set_index("segment")
    assert list(whole.index) == ["Everybody", "Some", "Nobody"]
    board = near_board(warehouse, selection, 3)
    assert whole.loc["Some", "near"] == len(board)
    assert whole.loc["Nobody", ["cities", "near"]].tolist() == [0, 0]
    by_level = near[(near["segment"] == "Some") & near["next_level"].notna()].set_index("next_level")["near"]
    assert by_level.to_dict() == board["next_level"].value_counts().to_dict()


@TRIES
@given(selection=SELECTIONS.filter(lambda selection: selection.filtered))
def test_the_plan_moves_in_a_segment_whom_it_moves_among_its_cities(warehouse: Warehouse, selection: Selection) -> None:
    criteria = ("A1", "A2", "B1", "B2")
    taught = taught_beside(warehouse, beside(selection), criteria, 0.8).set_index("segment")
    alone = taught_cities(warehouse, selection, criteria, 0.8)
    assert taught.loc["Some", "able"] == len(alone)
    assert taught.loc["Some", "expected"] == pytest.approx(alone["chance"].sum())
    assert taught.loc["Some", "cities"] == cohort_size(warehouse, selection)[0]
    assert taught.loc["Nobody", ["cities", "able", "expected"]].tolist() == [0, 0, 0]


@TRIES
@given(selection=BY_ATTRIBUTE.filter(lambda selection: selection.versus))
def test_the_change_of_a_segment_is_that_of_its_filters(warehouse: Warehouse, selection: Selection) -> None:
    against = Against(selection.standard, str(selection.versus))
    ours = change_beside(warehouse, beside(selection), against).set_index("segment").loc["Some"]
    parts = change_parts(warehouse, selection, against).set_index("part")
    if parts.empty:
        assert pd.isna(ours["panel"])
        return
    for name in ("before", "panel", "entrants", "leavers", "now"):
        assert ours[name] == pytest.approx(parts.loc[name, "value"], nan_ok=True)
        assert ours[f"n_{name}"] == parts.loc[name, "cities"]
    np.testing.assert_allclose(ours[["low", "high"]].astype(float), parts.loc["panel", ["low", "high"]].astype(float))


@TRIES
@given(selection=BY_ATTRIBUTE)
def test_the_next_steps_of_a_segment_are_those_of_its_filters(warehouse: Warehouse, selection: Selection) -> None:
    steps = steps_beside(warehouse, beside(selection), Profile())
    alone = next_steps(warehouse, selection, Profile()).dropna(subset="pass_rate").reset_index(drop=True)
    ours = steps[steps["segment"] == "Some"].reset_index(drop=True)
    pd.testing.assert_frame_equal(ours[list(alone)], alone, check_dtype=False)
    assert not (steps["segment"] == "Nobody").any()


@TRIES
@given(selection=SELECTIONS)
def test_segments_stand_under_the_cohort_and_above_the_cities(warehouse: Warehouse, selection: Selection) -> None:
    compared = beside(selection)
    for grid, ours in (
        (area_grid_by_city(warehouse, compared), with_area_rows),
        (criteria_grid(warehouse, compared), with_criteria_rows),
    ):
        rows = ours(warehouse, compared, grid).drop_duplicates("row_id")
        pinned = rows["pinned"].astype(bool).tolist()
        assert pinned == sorted(pinned, reverse=True)
        known = rows.loc[rows["row_id"].str.startswith(ROW), "row_label"].tolist()
        assert known in (["Everybody", "Some"], ["Everybody"], [])
        assert ours(warehouse, replace(compared, segments=()), grid) is grid
