"""The criteria heatmap: one status, one look; nothing invented for what is not known."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lib.charts.criteria import NAMED_COLUMNS, STATUSES
from lib.charts.labels import SMALLER
from lib.charts.pass_rates import INSET, WIDTH

from .conftest import HOSTILE, SHOWN, drawn, numbers
from .plotted import criteria_heatmap

Sound = Callable[[go.Figure], go.Figure]
RATE = {"pass_rate": 0.5, "low": 0.19, "high": 0.81, "met": 3, "answered": 6}
CRITERIA = [("A1", "A"), ("A2", "A"), ("B1", "B")]

LINE = "95 % interval, from 0 % at a cell’s left to 100 % at its right"


@pytest.fixture
def grid() -> pd.DataFrame:
    statuses = {HOSTILE: ["met", "not_met", "blocked"], "Half": ["partly_met", "not_answered", "not_applicable"]}
    cohort = [{**_cell("cohort", "All", place), **RATE, "members": 7, "pinned": True} for place in range(3)]
    cities = [
        {**_cell(label[:4], label, place), "status": status}
        for label, answers in statuses.items()
        for place, status in enumerate(answers)
    ]
    return pd.DataFrame(cohort + cities).fillna({"pinned": False}).astype({"pinned": bool})


def _cell(row: str, label: str, place: int) -> dict[str, object]:
    criterion, area = CRITERIA[place]
    return {
        "row_id": row,
        "row_label": label,
        "criterion_id": criterion,
        "short_name": f"<i>{criterion}",
        "area_id": area,
    }


def wide(grid: pd.DataFrame) -> pd.DataFrame:
    """The same answers in so many columns that the signs are strokes."""
    copies = [grid.assign(criterion_id=grid["criterion_id"] + f"_{turn}") for turn in range(NAMED_COLUMNS)]
    return pd.concat(copies)


def test_each_status_has_its_own_colour_and_its_word(grid: pd.DataFrame, sound: Sound) -> None:
    _, cities = drawn(sound(criteria_heatmap(grid)), type="heatmap")
    order = list(STATUSES)
    expected = [[order.index(name) for name in ("met", "not_met", "blocked")]]
    expected.append([order.index("partly_met"), np.nan, order.index("not_applicable")])
    np.testing.assert_array_equal(cities.z, np.array(expected, np.float32))
    assert list(cities.text[0]) == ["met", "not met", "blocked by a prerequisite"]
    scale = [colour for _, colour in cities.colorscale]
    assert scale == [look.ground for look in STATUSES.values() for _ in range(2)]
    assert (cities.zmin, cities.zmax) == (-0.5, len(STATUSES) - 0.5)


def test_the_cohort_row_has_rates_not_statuses(grid: pd.DataFrame) -> None:
    cohort, _ = drawn(criteria_heatmap(grid), type="heatmap")
    assert numbers(cohort.z) == [0.5] * 3
    assert numbers(cohort.customdata[0, 0]) == [3, 6, 50]


def test_no_rate_without_its_interval_and_n(grid: pd.DataFrame) -> None:
    texts = [text for trace in drawn(criteria_heatmap(grid), mode="text") for text in trace.text]
    assert texts[:3] == [f"50 % · 19–81<br>{SMALLER.format('n 6')}"] * 3
    assert "All · 7" in criteria_heatmap(grid).layout.yaxis2.ticktext
    cohort, _ = drawn(criteria_heatmap(grid), type="heatmap")
    assert cohort.text[0][0] == "95 % interval 19 % to 81 %"


def test_in_many_columns_an_interval_is_a_line_on_the_cells_own_scale(grid: pd.DataFrame) -> None:
    scale, interval = drawn(criteria_heatmap(wide(grid)), mode="lines")[:2]
    left = -0.5 + INSET
    assert numbers(scale.x)[:2] == pytest.approx([left, left + WIDTH])
    assert numbers(interval.x)[:2] == pytest.approx([left + WIDTH * 0.19, left + WIDTH * 0.81], abs=1e-6)
    few = wide(grid).assign(pass_rate=np.nan, low=np.nan, high=np.nan)
    assert "–" in drawn(criteria_heatmap(few), mode="text")[0].text


def test_a_row_of_rates_need_not_be_pinned(grid: pd.DataFrame) -> None:
    cohort = grid[grid["pinned"]]
    groups = pd.concat([cohort, cohort.assign(row_id="g", row_label="Group", pinned=False)])
    groups = groups.assign(rated=True, group=groups["row_label"])  # as a split names them
    figure = criteria_heatmap(groups)
    assert len(drawn(figure, type="heatmap")) == 2
    first, second = figure.layout.meta["grid"]["at"]
    tall = figure.layout.meta["grid"]["tall"]
    assert second - first > tall[0]


def test_not_answered_is_hatched(grid: pd.DataFrame) -> None:
    (hatch,) = drawn(criteria_heatmap(grid), type="bar")
    assert numbers(hatch.base) == pytest.approx([1 - 0.48])


def test_few_columns_have_signs_as_text_many_as_one_path_a_status(grid: pd.DataFrame) -> None:
    few = {trace.text for trace in drawn(criteria_heatmap(grid), mode="text") if isinstance(trace.text, str)}
    assert few == {look.sign for look in STATUSES.values()}
    paths = {trace.line.color: trace for trace in drawn(criteria_heatmap(wide(grid)), mode="lines")}
    met = STATUSES["met"]
    assert np.isnan(numbers(paths[met.ink].x)).sum() == NAMED_COLUMNS * len(met.strokes)


def test_areas_are_set_apart_once_between_each_two(grid: pd.DataFrame) -> None:
    apart = drawn(criteria_heatmap(grid), mode="lines")[-1]
    assert numbers(apart.x)[:2] == [1.5, 1.5]
    assert len(apart.x) == 3


def test_the_key_names_what_is_there_and_only_that(grid: pd.DataFrame) -> None:
    def words(data: pd.DataFrame) -> set[str]:
        return {note.text for note in criteria_heatmap(data).layout.annotations}

    figures = "figures: % that met it · 95 % interval, n that answered"
    assert {"✓ met", "⊘ blocked by a prerequisite", "not answered", figures} <= words(grid)
    assert {"figures: % that met it", LINE} <= words(wide(grid))
    assert words(grid[grid["status"] == "met"]) == {"✓ met"}


def test_names_are_shown_literally(grid: pd.DataFrame) -> None:
    figure = criteria_heatmap(grid)
    assert any(SHOWN in text for text in figure.layout.yaxis.ticktext)
    assert figure.layout.xaxis.ticktext[0] == "A1 &lt;i&gt;A1 (met by 3 of 6)", (
        "the cohort's count is heard in every cell"
    )
    assert figure.layout.meta["grid"]["x"] == ["A1", "A2", "B1"]


def test_rates_alone_make_a_chart_too(grid: pd.DataFrame, sound: Sound) -> None:
    rates = grid[grid["pinned"]]
    assert len(drawn(sound(criteria_heatmap(rates)), type="heatmap")) == 1
