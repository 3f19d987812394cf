"""Estimates with their intervals, and criteria by difficulty and discrimination with names that do not overlap."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.charts.discrimination import FONT, HEIGHT, MARGIN, PHONE
from lib.charts.placing import SIDES, sides

from .conftest import HOSTILE, SHOWN, drawn, numbers
from .plotted import difference_intervals, discrimination, odds_intervals

Sound = Callable[[go.Figure], go.Figure]


def row(id_: str, value: float, low: float, high: float, stands: bool) -> dict[str, object]:
    label = {"label": f"{id_} {HOSTILE}", "narrow": id_, "number": "3 of 9", "hover": f"{id_}\n{HOSTILE}"}
    return {"id": id_, "value": value, "low": low, "high": high, "stands": stands, **label}


DIFFERENCES = pd.DataFrame([
    row("A1", 0.3, 0.1, 0.5, True),
    row("A2", -0.1, -0.3, 0.1, False),
    row("A3", np.nan, np.nan, np.nan, False),
])  # fmt: skip


def test_what_is_more_than_chance_is_filled(sound: Sound) -> None:
    figure = sound(difference_intervals(DIFFERENCES, left="less here", right="more here", unsaid="not enough"))
    filled, hollow = (trace for trace in drawn(figure, mode="markers"))
    assert (numbers(filled.x), list(filled.customdata)) == ([pytest.approx(0.3)], ["A1"])
    assert (numbers(hollow.x), list(hollow.customdata)) == ([pytest.approx(-0.1)], ["A2"])
    assert filled.marker.color != hollow.marker.color
    (words,) = drawn(figure, mode="text")
    assert (words.text, list(words.customdata)) == ("not enough", ["A3"])
    assert all(SHOWN in text for text in (filled.hovertext[0], figure.layout.yaxis.ticktext[0]))


def test_zero_is_always_there_and_ticks_have_signs() -> None:
    axis = difference_intervals(DIFFERENCES, left="less", right="more", unsaid="-").layout.xaxis
    assert axis.range[0] < -0.3 < 0.5 < axis.range[1]
    assert list(axis.ticktext) == ["−20", "0", "+20", "+40"]
    assert axis.title.text == "← less · percentage points · more →"
    one_sided = difference_intervals(DIFFERENCES.iloc[:1], left="l", right="r", unsaid="-").layout.xaxis
    assert one_sided.range[0] < 0


@pytest.mark.parametrize("data", [DIFFERENCES.iloc[2:], DIFFERENCES.iloc[:0]])
def test_nothing_to_draw_is_no_accident(sound: Sound, data: pd.DataFrame) -> None:
    sound(difference_intervals(data, left="l", right="r", unsaid="not enough"))
    sound(odds_intervals(data, usual=1.1))


def test_odds_lie_on_a_scale_of_multiples_and_infinity_ends_at_the_edge(sound: Sound) -> None:
    data = pd.DataFrame([row("A1", 4, 2, 8, True), row("A2", np.inf, 3, np.inf, False), row("A3", 0, 0, 0.5, False)])
    figure = sound(odds_intervals(data, usual=2.0))
    filled, hollow = drawn(figure, mode="markers")
    assert numbers(filled.x) == [2]
    assert 3 < numbers(hollow.x)[0] < figure.layout.xaxis.range[1]
    assert figure.layout.shapes[0].x0 == 1
    assert "4 ×" in figure.layout.xaxis.ticktext


CRITERIA = pd.DataFrame({
    "criterion_id": [f"C{n}" for n in range(8)],
    "pass_rate": [0.0, 1.0, 0.5, 0.5, 0.51, 0.52, 0.2, 0.9],
    "r": [0.1, 0.4, 0.31, 0.3, 0.3, 0.29, -0.3, 0.2],
    "hover": [HOSTILE] * 8,
})  # fmt: skip


def test_criteria_that_tell_little_are_told_apart(sound: Sound) -> None:
    little, enough = drawn(sound(discrimination(CRITERIA, low=0.2)), mode="markers")
    assert list(little.customdata) == ["C0", "C6"]
    assert little.marker.symbol != enough.marker.symbol
    assert len(enough.x) == 6


def test_names_are_placed_for_every_width() -> None:
    (names,) = drawn(discrimination(CRITERIA, low=0.2), mode="markers+text")
    for texts in (names.text, names.meta["tight"]["text"], names.meta["narrow"]["text"]):
        assert {"C0", "C1", "C6", "C7"} <= set(texts) <= {*CRITERIA["criterion_id"], ""}


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=60))
def test_no_name_lies_on_another_or_on_a_point(points: list[tuple[float, float]]) -> None:
    room = (PHONE - MARGIN["l"] - MARGIN["r"], HEIGHT - MARGIN["t"] - MARGIN["b"])
    at = np.array(points) * room
    found = sides(at, np.tile([30.0, FONT + 2.0], (len(at), 1)), room, dot=9, gap=2)
    boxes = [(x - 4.5, y - 4.5, x + 4.5, y + 4.5) for x, y in at]
    names = []
    for (x, y), side in zip(at, found, strict=True):
        if side:
            across, down = SIDES[side]
            middle = x + across * (15 + 6.5), y + down * (6.5 + 6.5)
            names.append((middle[0] - 15, middle[1] - 6.5, middle[0] + 15, middle[1] + 6.5))
            assert names[-1][0] >= 0 and names[-1][1] >= 0 and names[-1][2] <= room[0] and names[-1][3] <= room[1]
            hit = [box for box in boxes if overlap(names[-1], box) and box != (x - 4.5, y - 4.5, x + 4.5, y + 4.5)]
            assert hit == []
    assert not any(overlap(one, other) for one, other in combinations(names, 2))


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return bool(wide > 1e-9 and high > 1e-9)
