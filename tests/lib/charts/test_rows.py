"""Rates, strips and changes: dots where there is enough to say, words where there is not."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lib import theme
from lib.charts.strip import MOST_DOTS

from .conftest import HOSTILE, SHOWN, drawn, numbers
from .plotted import area_strip, change_bars, rate_intervals

Sound = Callable[[go.Figure], go.Figure]


@pytest.fixture
def rates() -> pd.DataFrame:
    rows = [("A1", "A", 30, 40), ("A2", "A", 2, 4), ("B1", "B", 5, 5)]
    data = pd.DataFrame(rows, columns=["criterion_id", "area_id", "met", "answered"])
    data["pass_rate"] = data["met"] / data["answered"]
    words = {"short_name": HOSTILE, "text": "…", "area": "Area & <b>", "versus_rate": [0.5, 0.2, np.nan]}
    return data.assign(**words, low=data["pass_rate"] / 2, high=1.0, versus_answered=[40, 40, 0])


def test_a_rate_is_a_dot_on_its_interval_with_its_count(rates: pd.DataFrame, sound: Sound) -> None:
    figure = sound(rate_intervals(rates, minimum=5, label="2024"))
    dots = next(trace for trace in drawn(figure, mode="markers"))
    assert numbers(dots.x) == pytest.approx([0.75, 1.0])
    assert list(dots.customdata) == ["A1", "B1"]
    (lines,) = drawn(figure, mode="lines")
    np.testing.assert_allclose(numbers(lines.x), [0.375, 1, np.nan, 0.5, 1, np.nan])
    assert list(figure.layout.yaxis2.ticktext) == ["30 of 40", "2 of 4", "5 of 5"]
    assert "30 of 40 cities that answered met it: 75 %" in dots.text[0]


@pytest.mark.parametrize(("before", "x", "side"), [(0.2, 1, "left"), (0.8, 0, "right"), (np.nan, 0, "right")])
def test_the_words_stand_clear_of_the_compared_dot(rates: pd.DataFrame, before: float, x: int, side: str) -> None:
    few = rates.assign(answered=2, versus_rate=before)
    (words,) = drawn(rate_intervals(few, minimum=5, label="2024", versus_label="2023"), mode="text")
    assert set(numbers(words.x)) == {x}
    assert set(words.textposition) == {f"middle {side}"}


def test_under_the_minimum_there_are_words_and_no_dot(rates: pd.DataFrame) -> None:
    (words,) = drawn(rate_intervals(rates, minimum=5, label="2024"), mode="text")
    assert words.text == "not enough cities to say"
    assert list(words.customdata) == ["A2"]
    assert not drawn(rate_intervals(rates, minimum=1, label="2024"), mode="text")
    assert len(drawn(rate_intervals(rates, minimum=6, label="2024"), mode="markers")[0].x) == 1


def test_the_compared_cycle_is_hollow_and_left_out_where_it_says_nothing(rates: pd.DataFrame) -> None:
    versus = drawn(rate_intervals(rates, minimum=5, label="2024", versus_label="2023"), mode="markers")[-1]
    assert numbers(versus.x) == pytest.approx([0.5, 0.2])
    assert versus.marker.color == theme.LIGHT.background
    assert len(drawn(rate_intervals(rates, minimum=5, label="2024"), mode="markers")) == 1


def test_areas_head_their_criteria_only_in_the_order_of_the_standard(rates: pd.DataFrame) -> None:
    def bold(data: pd.DataFrame) -> int:
        figure = rate_intervals(data, minimum=5, label="2024")
        return sum(text.startswith("<b>") for text in figure.layout.yaxis.ticktext)

    assert bold(rates) == 2
    assert bold(rates.iloc[[0, 2, 1]]) == 0


def test_groups_lie_side_by_side(rates: pd.DataFrame, sound: Sound) -> None:
    split = pd.concat([rates.assign(group=name, group_cities=41) for name in ("North <b>", "South")])
    figure = sound(rate_intervals(split, minimum=5, label="2024", versus_label="2023"))
    north, south = drawn(figure, mode="markers")
    assert north.marker.symbol != south.marker.symbol
    assert numbers(north.y)[0] < numbers(south.y)[0]
    assert {"North &lt;b&gt; · 41", "South · 41"} <= {note.text for note in figure.layout.annotations}


def test_each_dot_of_a_group_has_its_count_beside_it(rates: pd.DataFrame) -> None:
    split = pd.concat([rates.assign(group=name, group_cities=41) for name in ("North", "South")])
    figure = rate_intervals(split, minimum=5, label="2024")
    beside = dict(zip(numbers(figure.layout.yaxis2.tickvals), figure.layout.yaxis2.ticktext, strict=True))
    dots = drawn(figure, mode="markers")[1]
    assert [beside[y] for y in numbers(dots.y)] == ["30 of 40", "5 of 5"]


@pytest.fixture
def strip() -> pd.DataFrame:
    one = pd.DataFrame({"city_id": [f"c{n}" for n in range(5)], "share": [0, 0.25, 0.5, 0.75, 1], "met": range(5)})
    one = one.assign(asked=4, name=HOSTILE, is_focus=one["city_id"] == "c3", q1=0.25, median=0.5, q3=0.75, cities=5)
    gap = one.assign(share=np.where(one["is_focus"], np.nan, one["share"]))
    return pd.concat([one.assign(area_id="A", area="Alpha"), gap.assign(area_id="B", area="<i>Beta")])


def test_the_city_is_marked_among_the_others(strip: pd.DataFrame, sound: Sound) -> None:
    figure = sound(area_strip(strip, focus=HOSTILE))
    (band,) = drawn(figure, type="bar")
    others, median, city = drawn(figure, mode="markers")
    assert numbers(band.base) == [0.25, 0.25]
    assert numbers(band.x) == [0.5, 0.5]
    assert numbers(median.x) == [0.5, 0.5]
    assert (numbers(city.x), list(city.customdata)) == ([0.75], ["c3"])
    assert len(others.x) == 8
    assert list(figure.layout.yaxis2.ticktext) == ["3 of 4", "not assessed"]
    assert SHOWN in city.text[0]


def test_a_large_cohort_keeps_its_ends_and_its_shape(strip: pd.DataFrame) -> None:
    many = pd.concat([strip[strip["area_id"] == "A"].assign(city_id=f"x{n}", share=n / 999) for n in range(1000)])
    others = drawn(area_strip(many, focus="x"), mode="markers")[0]
    shown = numbers(others.x)
    assert len(shown) == MOST_DOTS
    assert (min(shown), max(shown)) == (0, 1)
    assert np.median(shown) == pytest.approx(0.5, abs=0.01)
    assert area_strip(many, focus="x").to_json() == area_strip(many, focus="x").to_json()


@pytest.fixture
def change() -> pd.DataFrame:
    changes = {"panel_change": [0.12, -0.04, np.nan], "cohort_change": [0.08, 0.01, -0.02]}
    return pd.DataFrame({"area_id": list("ABC"), "area": ["Alpha", HOSTILE, "C"], "panel": 88, **changes})


def test_up_and_down_differ_in_colour_and_in_words(change: pd.DataFrame, sound: Sound) -> None:
    figure = sound(change_bars(change))
    up, down = drawn(figure, type="bar")
    assert (numbers(up.x), up.marker.color) == ([pytest.approx(0.12)], theme.LIGHT.up)
    assert (numbers(down.x), down.marker.color) == ([pytest.approx(-0.04)], theme.LIGHT.down)
    assert list(figure.layout.yaxis2.ticktext) == ["▲ +12 points", "▼ −4 points", "–"]
    (cohort,) = drawn(figure, mode="markers")
    assert numbers(cohort.x) == pytest.approx([0.08, 0.01, -0.02])


def test_no_change_at_all_still_has_an_axis(change: pd.DataFrame, sound: Sound) -> None:
    nothing = change.assign(panel_change=np.nan, cohort_change=np.nan)
    low, high = sound(change_bars(nothing)).layout.xaxis.range
    assert low == -high < 0


def test_no_colour_of_a_level_is_used(change: pd.DataFrame, rates: pd.DataFrame, strip: pd.DataFrame) -> None:
    figures = change_bars(change), rate_intervals(rates, minimum=5, label="x"), area_strip(strip, focus="x")
    assert not any(colour in figure.to_json() for figure in figures for colour in theme.LIGHT.levels)
