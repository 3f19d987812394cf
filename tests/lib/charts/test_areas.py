"""The area heatmap says what its table says."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lib import theme
from lib.charts.labels import SMALLER

from .conftest import HOSTILE, SHOWN, drawn, numbers
from .plotted import area_heatmap

Sound = Callable[[go.Figure], go.Figure]


def texts(figure: go.Figure) -> list[str]:
    return [text for trace in drawn(figure, mode="text") for text in trace.text]


def test_shares_and_counts_are_those_of_the_table(area_grid: pd.DataFrame, sound: Sound) -> None:
    figure = sound(area_heatmap(area_grid))
    cohort, cities = drawn(figure, type="heatmap")
    np.testing.assert_allclose(cohort.z, [[1 / 3, 1 / 2]], rtol=1e-6)
    np.testing.assert_allclose(cities.z, [[2 / 3, 1 / 2], [0, 1], [np.nan, np.nan]], rtol=1e-6)
    assert cities.z.dtype == np.float32
    assert numbers(cities.customdata[0, 0])[:4] == [2, 3, 3, 1]
    assert "%{customdata[3]" in cohort.hovertemplate
    assert "%{customdata[3]" not in cities.hovertemplate


def test_a_city_shows_its_count_a_group_its_mean_share_with_interval_and_n(area_grid: pd.DataFrame) -> None:
    figure = area_heatmap(area_grid)
    group = f"33 % · 20–45<br>{SMALLER.format('n 3')}"
    assert {"2/3 · 67 %", group, "2/2 · 100 %"} <= set(texts(figure))
    less = [
        text
        for trace in drawn(figure, mode="text")
        if trace.meta
        for text in trace.meta.get("tight", {}).get("text", [])
    ]
    assert {"2/3", "33 %<br>20–45"} <= set(less)


def test_a_groups_row_says_how_many_it_stands_for_and_the_hover_its_interval(area_grid: pd.DataFrame) -> None:
    figure = area_heatmap(area_grid)
    assert "All selected · 4" in figure.layout.yaxis2.ticktext
    assert "Plain City" in figure.layout.yaxis2.ticktext
    cohort, _ = drawn(figure, type="heatmap")
    assert cohort.text[0][0] == "33 %, 95 % interval 20 % to 45 %"


def test_where_all_are_alike_no_interval_is_invented(area_grid: pd.DataFrame) -> None:
    alike = area_grid.assign(low=np.nan, high=np.nan)
    assert f"33 % · alike<br>{SMALLER.format('n 3')}" in texts(area_heatmap(alike))
    assert drawn(area_heatmap(alike), type="heatmap")[0].text[0][0] == "33 %, no interval: all alike"


def test_not_assessed_is_hatched_and_never_zero(area_grid: pd.DataFrame) -> None:
    figure = area_heatmap(area_grid)
    (hatch,) = drawn(figure, type="bar")
    gap = figure.layout.meta["grid"]["at"][figure.layout.meta["grid"]["y"].index("gap")]
    assert numbers(hatch.y) == [np.float32(gap)] * 2
    assert hatch.marker.pattern.shape == "/"
    assert not any(text.startswith("0/3") and "nan" in text for text in texts(figure))
    assert "not assessed" in [note.text for note in figure.layout.annotations]
    whole = area_heatmap(area_grid[area_grid["row_id"] != "gap"])
    assert "not assessed" not in [note.text for note in whole.layout.annotations]


def test_too_few_to_say_is_not_called_not_assessed(area_grid: pd.DataFrame) -> None:
    few = area_grid[area_grid["row_id"] != "gap"].copy()
    few.loc[few["pinned"], "share"] = np.nan
    figure = area_heatmap(few)
    assert "too few to say" in [note.text for note in figure.layout.annotations]
    (hatch,) = drawn(figure, type="bar")
    assert "too few to say" in hatch.hovertemplate
    assert hatch.marker.pattern.shape == "", "grey, not the hatch of what was not assessed"


def test_the_key_names_the_sign_of_the_complete_and_both_strokes(area_grid: pd.DataFrame) -> None:
    def words(data: pd.DataFrame) -> set[str]:
        return {note.text for note in area_heatmap(data).layout.annotations}

    assert {"✓ all of them", "Each stroke a criterion:", "met", "not met"} <= words(area_grid)
    assert not {"✓ all of them", "met"} & words(area_grid[area_grid["pinned"]])


def test_the_pinned_row_stands_apart_at_the_top_wherever_it_comes(area_grid: pd.DataFrame) -> None:
    figure = area_heatmap(area_grid.iloc[::-1])
    grid = figure.layout.meta["grid"]
    assert grid["y"][0] == "cohort"
    assert grid["at"][1] - grid["at"][0] > 1.3
    assert np.diff(grid["at"][1:]).tolist() == [1, 1]
    top = figure.layout.yaxis.range
    assert top[0] > top[1]


def test_complete_cells_carry_a_sign(area_grid: pd.DataFrame) -> None:
    (checks,) = drawn(area_heatmap(area_grid), text="✓")
    assert len(checks.x) == 1


def test_each_criterion_has_one_stroke(area_grid: pd.DataFrame) -> None:
    strokes = drawn(area_heatmap(area_grid), mode="lines")
    drawn_ticks = sum(int(np.isnan(numbers(trace.x)).sum()) for trace in strokes)
    answered = area_grid["ticks"].dropna().str.count("[10x~]").sum()
    assert drawn_ticks == answered == 10
    longer = pd.concat([area_grid.assign(row_id=area_grid["row_id"] + str(turn), pinned=False) for turn in range(20)])
    assert not drawn(area_heatmap(longer), mode="lines")


def test_names_are_shown_literally_and_long_ones_in_full_on_hover(area_grid: pd.DataFrame) -> None:
    figure = area_heatmap(area_grid)
    full = next(text for text in figure.layout.yaxis.ticktext if SHOWN in text)
    seen = next(text for text in figure.layout.yaxis2.ticktext if SHOWN in text)
    assert full.endswith("Indeed")
    assert seen.endswith("…")
    assert HOSTILE[:5] not in figure.to_json().replace("\\u003c", "<")


def test_every_row_has_the_same_height(area_grid: pd.DataFrame) -> None:
    def height(data: pd.DataFrame) -> tuple[float, float]:
        layout = area_heatmap(data).layout
        inside = layout.height - layout.margin.t - layout.margin.b
        return inside / (layout.yaxis.range[0] - layout.yaxis.range[1]), len(layout.meta["grid"]["y"])

    few, many = area_grid, pd.concat([area_grid.assign(row_id=area_grid["row_id"] + str(n)) for n in range(9)])
    assert abs(height(few)[0] - height(many)[0]) < 0.5
    assert height(many)[1] == 9 * height(few)[1]


def test_no_colour_of_a_level_is_used(area_grid: pd.DataFrame) -> None:
    json = area_heatmap(area_grid).to_json()
    assert not any(colour in json for colour in theme.LIGHT.levels)


def test_the_same_table_gives_the_same_bytes(area_grid: pd.DataFrame) -> None:
    assert area_heatmap(area_grid).to_json() == area_heatmap(area_grid.copy()).to_json()


def test_an_empty_table_gives_an_empty_figure(area_grid: pd.DataFrame, sound: Sound) -> None:
    assert not drawn(sound(area_heatmap(area_grid.iloc[:0])), type="heatmap")
