"""A segment's numbers are those of the same filters applied as the selection; overlap and emptiness are told."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from scipy import stats

from lib.queries.areas import area_grid_by_city
from lib.queries.cohort import ask
from lib.queries.criteria import criterion_rates, criterion_rates_by
from lib.queries.figures import key_figures
from lib.queries.segments import areas_by, segment_figures, shared_cities
from lib.segments import Segment
from lib.selection import MINIMUM_N, SEGMENT, Selection
from lib.warehouse import Warehouse
from tests.lib.queries.selections import SELECTIONS, TRIES
from tests.lib.queries.world import World

EVERYBODY = Segment("Everybody", (("participation", ("First time", "Returning")),))


def unfiltered(selection: Selection, *segments: Segment) -> Selection:
    return replace(selection, attributes=(), levels=(), participation=(), segments=segments)


def same(ours: pd.DataFrame, theirs: pd.DataFrame, *columns: str) -> None:
    pd.testing.assert_frame_equal(
        ours[list(columns)].reset_index(drop=True), theirs[list(columns)].reset_index(drop=True), check_dtype=False
    )


@TRIES
@given(selection=SELECTIONS.filter(lambda selection: selection.filtered))
def test_a_segment_counts_what_its_filters_count(warehouse: Warehouse, selection: Selection) -> None:
    compared = unfiltered(selection, EVERYBODY, selection.as_segment("Some"))
    figures, alone = segment_figures(warehouse, compared), key_figures(warehouse, selection)
    now = alone[alone["period"] == "now"]
    assert list(figures["segment"]) == ["Everybody", "Some"]
    if now.empty:
        assert figures["cities"].iloc[1] == 0
        return
    same(
        figures.iloc[[1]],
        now,
        *("cities", "median_score", "answered", "asked", "reached", "near_misses"),
        *("reached_rate", "reached_low", "reached_high"),
    )
    areas, whole = areas_by(warehouse, compared, SEGMENT), area_grid_by_city(warehouse, selection)
    measures = ("area_id", "met", "asked", "answered", "share", "cities", "members", "low", "high")
    same(areas[areas["row_label"] == "Some"], whole[whole["pinned"]], *measures)
    everybody = area_grid_by_city(warehouse, unfiltered(selection))
    same(areas[areas["pinned"]], everybody[everybody["pinned"]], *measures)
    rates = criterion_rates_by(warehouse, compared, SEGMENT)
    counts = ("criterion_id", "met", "answered", "asked", "pass_rate", "low", "high")
    same(rates[rates["group"] == "Some"], criterion_rates(warehouse, selection), *counts)


@TRIES
@given(selection=SELECTIONS)
def test_within_filters_a_segment_is_what_both_select(warehouse: Warehouse, world: World, selection: Selection) -> None:
    cohort = set(world.cohort(selection))
    picked = tuple(sorted(world.names)[:9])
    asked = replace(selection, segments=(Segment("Picked", cities=(*picked, "nobody")), EVERYBODY))
    figures = segment_figures(warehouse, asked)
    assert list(figures["cities"]) == [len(cohort & set(picked)), len(cohort)]
    assert shared_cities(warehouse, asked) == len(cohort & set(picked))


@TRIES
@given(selection=SELECTIONS.filter(lambda selection: selection.versus))
def test_the_change_of_a_segment_has_its_interval_on_both_sides_of_zero(
    warehouse: Warehouse, selection: Selection
) -> None:
    figures = segment_figures(warehouse, unfiltered(selection, EVERYBODY)).iloc[0]
    whole = unfiltered(selection)
    now = ask(warehouse, whole, "select city_id, share from city_scores").set_index("city_id")["share"]
    before = ask(warehouse, whole, "select city_id, share from city_scores_before").set_index("city_id")["share"]
    moved = (now - before).dropna().to_numpy()
    assert figures["panel"] == len(moved)
    if len(moved) >= MINIMUM_N and np.ptp(moved) > 0:
        expected = stats.t.interval(0.95, len(moved) - 1, moved.mean(), stats.sem(moved))
        assert (figures["low"], figures["high"]) == pytest.approx(expected)
    else:
        assert figures[["low", "high"]].isna().all()


def test_a_hostile_value_selects_nobody(warehouse: Warehouse, world: World) -> None:
    hostile = "'; drop table city; --"
    asked = Selection("towns", "2023", "validated", segments=(Segment(hostile, ((hostile, (hostile,)),)),))
    assert ask(warehouse, asked, "from segments").empty
