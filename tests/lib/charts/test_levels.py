"""Levels, scores and history: thresholds come from the data, level colours mean levels."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lib import theme

from .conftest import HOSTILE, drawn, numbers
from .plotted import history, levels_by_cycle, score_distribution

Sound = Callable[[go.Figure], go.Figure]


def lines(figure: go.Figure) -> list[tuple[str, float, float]]:
    """Level lines: colour, x and y where they start."""
    return [(shape.line.color, shape.x0, shape.y0) for shape in figure.layout.shapes if shape.type == "line"]


def test_bars_stack_the_counts_lowest_level_first(sound: Sound) -> None:
    counts = [("2023", "No level", 4), ("2023", "Low", 6), ("2024", "No level", 3), ("2024", "Low", 0)]
    data = pd.DataFrame(counts, columns=["cycle", "level", "cities"]).assign(assessed=[10, 10, 3, 3])
    figure = sound(levels_by_cycle(data))
    none, low = drawn(figure, type="bar")
    assert (numbers(none.y), numbers(low.y)) == ([4, 3], [6, 0])
    assert (none.marker.color, low.marker.color) == (theme.LIGHT.no_level, theme.LIGHT.levels[0])
    assert list(low.text) == ["6", ""]
    assert list(figure.layout.xaxis.ticktext) == ["2023<br>10 cities", "2024<br>3 cities"]
    assert "6 of 10 (60 %) cities" in low.hovertext[0]


def test_a_number_too_high_for_its_slice_stands_beside_the_bar_and_never_on_another() -> None:
    counts = [("No level", 96), ("Low", 1), ("Middle", 2), ("High", 1)]
    data = pd.DataFrame(counts, columns=["level", "cities"]).assign(cycle="2024", assessed=100)
    figure = levels_by_cycle(data)
    assert [trace.text[0] for trace in drawn(figure, type="bar")] == ["96", "", "", ""]
    (beside,) = drawn(figure, mode="text")
    assert [text.strip() for text in beside.text] == ["1", "2", "1"]
    line = 100 * 14 / 222
    assert numbers(beside.y) == pytest.approx([96.5, 96.5 + line, 96.5 + 2 * line])


def test_whole_scores_have_a_bar_each_and_level_lines_between_bars(levels: pd.DataFrame, sound: Sound) -> None:
    data = pd.DataFrame({"score": [0, 2, 2, 3, 7, np.nan]})
    figure = sound(score_distribution(data, levels, score_max=7, focus=3))
    (bars,) = drawn(figure, type="bar")
    assert dict(zip(numbers(bars.x), numbers(bars.y), strict=True)) == {
        0: 1,
        1: 0,
        2: 2,
        3: 1,
        4: 0,
        5: 0,
        6: 0,
        7: 1,
    }
    assert [(x, colour) for colour, x, _ in lines(figure)] == [
        (2.5, theme.LIGHT.levels[0]),
        (4.5, theme.LIGHT.levels[1]),
    ]
    assert [note.text for note in figure.layout.annotations] == ["Low from 3", "High &lt;b&gt; from 5"]
    assert bars.marker.color not in theme.LIGHT.levels
    assert numbers(drawn(figure, mode="markers")[0].x) == [3]


def test_percentage_scores_are_binned_and_each_is_counted_once(levels: pd.DataFrame, sound: Sound) -> None:
    scores = pd.DataFrame({"score": np.append(np.linspace(0, 100, 37), np.nan)})
    figure = sound(score_distribution(scores, levels.assign(minimum=[50.0, 75.0]), score_max=100))
    (bars,) = drawn(figure, type="bar")
    assert sum(numbers(bars.y)) == 37
    assert len(bars.x) < 60
    assert [x for _, x, _ in lines(figure)] == [50, 75]


def test_few_cities_are_counted_one_by_one(levels: pd.DataFrame) -> None:
    few = score_distribution(pd.DataFrame({"score": [1, 1, 3]}), levels, score_max=7)
    assert few.layout.yaxis.dtick == 1
    many = score_distribution(pd.DataFrame({"score": [1.0] * 80}), levels, score_max=7)
    assert many.layout.yaxis.dtick is None


def test_one_city_is_no_cities() -> None:
    data = pd.DataFrame([("2025", "Low", 1, 1)], columns=["cycle", "level", "cities", "assessed"])
    assert list(levels_by_cycle(data).layout.xaxis.ticktext) == ["2025<br>1 city"]


@pytest.mark.parametrize("score_max", [5, 12, 35, 43, 100, 250])
def test_any_standard_fits(score_max: int, levels: pd.DataFrame) -> None:
    scores = pd.DataFrame({"score": np.arange(score_max + 1.0)})
    (bars,) = drawn(score_distribution(scores, levels.iloc[:0], score_max=score_max), type="bar")
    assert sum(numbers(bars.y)) == score_max + 1


def test_the_bar_of_the_top_score_is_drawn_whole(levels: pd.DataFrame) -> None:
    figure = score_distribution(pd.DataFrame({"score": [12.5, 100.0]}), levels.iloc[:0], score_max=100)
    (bars,) = drawn(figure, type="bar")
    assert max(numbers(bars.x)) + bars.width / 2 < figure.layout.xaxis.range[1]
    assert bars.hovertext[-1] == "<b>1 city</b><br>95 to 100 criteria met"


@pytest.fixture
def past() -> pd.DataFrame:
    rows = [("2022", "self_reported", 4, "Low"), ("2022", "validated", 2, None), ("2024", "validated", np.nan, None)]
    data = pd.DataFrame([*rows, ("2025", "validated", 5, "High <b>")], columns=["cycle", "stage", "score", "level"])
    return data.assign(met=data["score"], asked=7, share=data["score"] / 7)


def test_stages_are_apart_and_levels_are_lines(past: pd.DataFrame, levels: pd.DataFrame, sound: Sound) -> None:
    figure = sound(history(past, levels, score_max=7))
    reported, validated = figure.data
    assert (list(validated.x), numbers(validated.y)) == (["2022", "2025"], [2, 5])
    assert numbers(reported.y) == [4]
    assert reported.marker.color == theme.LIGHT.background
    assert list(figure.layout.xaxis.categoryarray) == ["2022", "2024", "2025"]
    assert [(y, colour) for colour, _, y in lines(figure)] == [(3, theme.LIGHT.levels[0]), (5, theme.LIGHT.levels[1])]


def test_numbers_of_the_two_stages_never_meet(past: pd.DataFrame, levels: pd.DataFrame) -> None:
    def shown(reported: float, validated: float) -> list[tuple[str, str]]:
        pair = past.iloc[:2].assign(score=[reported, validated])
        return [(line.text[0], line.textposition[0]) for line in history(pair, levels, score_max=7).data]

    assert shown(4, 2) == [("4", "top center"), ("2", "bottom center")]
    assert shown(2, 4) == [("2", "bottom center"), ("4", "top center")]
    assert shown(3, 3)[0][0] == ""
    assert shown(3, 3)[1] == ("3", "bottom center")


def test_a_self_report_has_an_indicative_level_only(past: pd.DataFrame, levels: pd.DataFrame) -> None:
    reported, validated = history(past, levels, score_max=7).data
    assert reported.hovertext[0].endswith("indicative level: Low")
    assert validated.hovertext[0].endswith("no level")
    assert validated.hovertext[1].endswith("level: High &lt;b&gt;")
    assert "certified" not in history(past, levels, score_max=7).to_json().lower()


def test_names_of_cycles_and_levels_are_shown_literally(past: pd.DataFrame, levels: pd.DataFrame) -> None:
    figure = history(past.assign(cycle=HOSTILE), levels.assign(level=HOSTILE), score_max=7)
    assert all(text.startswith("&lt;a") for text in figure.layout.xaxis.ticktext)
    assert sum(note.text.startswith("&lt;a") for note in figure.layout.annotations) == len(levels)
