"""Area grids and the change of the same cities, against plain Python."""

import math
from itertools import product
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.stats import ttest_rel

from lib.queries.areas import area_grid_by_attribute, area_grid_by_city, area_grid_by_cycle
from lib.queries.change import area_change
from lib.selection import MINIMUM_N, Selection
from lib.warehouse import Warehouse
from tests.lib.queries.selections import SELECTIONS, TRIES, rows
from tests.lib.queries.world import AREAS, BANDS, CYCLES, TICKS, Assessment, World, fold, mean_share

GRID = ("row_id", "area_id", "met", "asked", "answered", "share", "cities", "pinned")


def group(world: World, row: str, keys: list[Assessment], *, pinned: bool) -> list[tuple[object, ...]]:
    """The rows of a group of cities in an area grid."""
    found = []
    for area, criteria in AREAS.items() if keys else ():
        scored = [key for key in keys if world.share(key, area) is not None]
        met = sum(world.count(key, "met", criteria=criteria) for key in scored)
        asked = sum(len(criteria) - world.count(key, "not_applicable", criteria=criteria) for key in scored)
        answered = sum(world.count(key, "met", "not_met", criteria=criteria) for key in keys)
        cities, share = mean_share(world, keys, area, MINIMUM_N)
        found.append(
            (row, area, met, asked, answered, share if share is None else pytest.approx(share), cities, pinned)
        )
    return found


@TRIES
@given(selection=SELECTIONS)
def test_by_cycle(warehouse: Warehouse, world: World, selection: Selection) -> None:
    expected = []
    for cycle in CYCLES:
        keys = world.keys(world.members(selection, cycle), cycle, selection)
        expected += group(world, cycle, keys, pinned=cycle == selection.cycle)
    grid = area_grid_by_cycle(warehouse, selection)
    assert rows(grid, *GRID) == expected
    for row in grid.itertuples():
        keys = world.keys(world.members(selection, row.row_id), row.row_id, selection)
        shares = [share for key in keys if (share := world.share(key, row.area_id)) is not None]
        assert row.members == len(keys)
        assert (row.low, row.high) == pytest.approx(mean_interval(shares), nan_ok=True)


def mean_interval(shares: list[float]) -> tuple[float, float]:
    """The t interval of the mean, as SciPy has it; nothing under the minimum, and where all are equal."""
    if len(shares) < MINIMUM_N or len(set(shares)) == 1:
        return math.nan, math.nan
    low, high = stats.t.interval(0.95, len(shares) - 1, fmean(shares), stats.sem(shares))
    return max(low, 0.0), min(high, 1.0)


@TRIES
@given(selection=SELECTIONS, attribute=st.sampled_from(["country", "population_band", "nothing"]))
def test_by_attribute(warehouse: Warehouse, world: World, selection: Selection, attribute: str) -> None:
    keys = world.keys(world.cohort(selection), selection.cycle, selection)
    values = {"country": ["Avalon", "Chile", "Peru"], "population_band": [label for _, label in BANDS], "nothing": []}
    expected = group(world, "cohort", keys, pinned=True)
    for value in [*values[attribute], None]:
        own = [key for key in keys if world.attributes[key.city].get(attribute) == value]
        expected += group(world, value or "Unknown", own, pinned=False)
    assert rows(area_grid_by_attribute(warehouse, selection, attribute), *GRID) == expected


def in_order(world: World, keys: list[Assessment], sort: str, *, descending: bool) -> list[Assessment]:
    """Cities in the order of a page; `keys` come by name. What has no value comes last, then score, then name."""
    if sort == "name":
        return sorted(keys, key=lambda key: fold(world.names[key.city]), reverse=True) if descending else keys
    sign = -1 if descending else 1
    value = {key: world.share(key, sort) if sort in AREAS else world.score(key) for key in keys}
    return sorted(keys, key=lambda key: (value[key] is None, sign * (value[key] or 0), sign * world.score(key)))


@TRIES
@given(
    selection=SELECTIONS,
    sort=st.sampled_from(["score", "name", "Z", "A", "nonsense' --"]),
    asked=st.fixed_dictionaries(
        {"descending": st.booleans(), "limit": st.integers(1, 9), "offset": st.integers(0, 30)}
    ),
)
def test_by_city(warehouse: Warehouse, world: World, selection: Selection, sort: str, asked: dict[str, int]) -> None:
    keys = world.keys(world.cohort(selection), selection.cycle, selection)
    grid = area_grid_by_city(warehouse, selection, sort=sort, cohort="Everybody", **asked)
    ordered = in_order(world, keys, sort, descending=bool(asked["descending"]))
    page = ordered[asked["offset"] : asked["offset"] + asked["limit"]]
    expected = [
        (
            *(key.city, world.names[key.city], area, world.count(key, "met", criteria=criteria)),
            world.share(key, area) if world.share(key, area) is None else pytest.approx(world.share(key, area)),
            "".join(TICKS[status] for status in world.statuses(key, criteria)),
            *(world.score(key), world.level(key), len(keys)),
        )
        for key, (area, criteria) in product(page, AREAS.items())
    ]
    cities = grid[~grid["pinned"]]
    assert rows(cities, "row_id", "row_label", "area_id", "met", "share", "ticks", "score", "level", "of") == expected
    assert rows(grid[grid["pinned"]], *GRID) == group(world, "cohort", keys, pinned=True), "over the whole cohort"
    assert set(grid.loc[grid["pinned"], "row_label"]) <= {"Everybody"}
    assert set(grid["of"]) <= {len(keys)}


@TRIES
@given(selection=SELECTIONS)
def test_the_same_cities_change_apart_from_the_cohort(warehouse: Warehouse, world: World, selection: Selection) -> None:
    now = world.keys(world.cohort(selection), selection.cycle, selection)
    then = world.keys(world.before(selection), selection.versus, selection)
    found = area_change(warehouse, selection).set_index("area_id")
    assert found.index.tolist() == list(AREAS)
    for area in AREAS:
        both = [
            (key, Assessment(key.city, str(selection.versus), key.stage))
            for key in now
            if Assessment(key.city, str(selection.versus), key.stage) in then
        ]
        scored = [(a, b) for a, b in both if None not in (world.share(a, area), world.share(b, area))]
        row = found.loc[area]
        assert row["panel"] == len(scored)
        (cities_now, cohort_now), (cities_then, cohort_then) = (
            mean_share(world, k, area, MINIMUM_N) for k in (now, then)
        )
        assert (row["cities_now"], row["cities_before"]) == (cities_now, cities_then)
        panel_now, panel_then = (mean_share(world, [pair[i] for pair in scored], area, MINIMUM_N)[1] for i in (0, 1))
        for column, value in {
            "panel_now": panel_now,
            "panel_before": panel_then,
            "panel_change": panel_now - panel_then if panel_now is not None and panel_then is not None else None,
            "cohort_now": cohort_now,
            "cohort_before": cohort_then,
            "cohort_change": cohort_now - cohort_then if None not in (cohort_now, cohort_then) else None,
        }.items():
            assert row[column] == pytest.approx(float("nan") if value is None else value, nan_ok=True, abs=1e-12)
        if panel_now is not None:
            interval = ttest_rel(
                *([world.share(pair[i], area) for pair in scored] for i in (0, 1))
            ).confidence_interval()
            if len({world.share(a, area) - world.share(b, area) for a, b in scored}) > 1:  # type: ignore[operator]
                assert (row["panel_low"], row["panel_high"]) == pytest.approx((interval.low, interval.high))
