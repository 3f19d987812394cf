"""The pictures of a change: each is drawn by Plotly's rules in our colours, and shows the numbers it was given."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lib import theme

from .conftest import HOSTILE, SHOWN, drawn, numbers
from .plotted import gains_and_losses, movers, transitions, waterfall

Sound = Callable[[go.Figure], go.Figure]
NAN = float("nan")


@pytest.fixture
def parts() -> pd.DataFrame:
    rows = [
        ("before", 10.0, 10.0, NAN, NAN),
        ("panel", 10.0, 13.0, 1.0, 5.0),
        ("entrants", 13.0, 11.0, NAN, NAN),
        ("leavers", 11.0, 11.0, NAN, NAN),
        ("now", 11.0, 11.0, NAN, NAN),
    ]
    data = pd.DataFrame(rows, columns=["part", "start", "end", "low", "high"])
    return data.assign(label=HOSTILE, short=HOSTILE, number=["10", "▲ +3", "▼ −2", "0", "11"], hover=f"{HOSTILE}\nmore")


def test_each_part_begins_where_the_one_above_ends(sound: Sound, parts: pd.DataFrame) -> None:
    figure = sound(waterfall(parts, unit="criteria"))
    up, down = drawn(figure, type="bar")
    assert (numbers(up.base), numbers(up.x)) == ([10, 11], [3, 0])
    assert (numbers(down.base), numbers(down.x)) == ([13], [-2])
    assert up.marker.color == theme.LIGHT.up
    assert down.marker.color == theme.LIGHT.down
    interval = next(trace for trace in figure.data if trace.error_x.array is not None)
    assert (numbers(interval.x), numbers(interval.error_x.array), numbers(interval.error_x.arrayminus)) == (
        [13],
        [2],
        [2],
    )
    low, high = figure.layout.xaxis.range
    assert low < 10
    assert high > 15
    assert SHOWN in figure.layout.yaxis.ticktext[0]
    assert list(figure.layout.yaxis2.ticktext) == ["10", "▲ +3", "▼ −2", "0", "11"]
    assert SHOWN in up.hovertext[0]
    assert up.hovertext[0].count("<br>") == 1


def test_a_waterfall_without_an_interval_or_a_fall(sound: Sound, parts: pd.DataFrame) -> None:
    sound(waterfall(parts[parts["part"].isin(["before", "leavers", "now"])].reset_index(drop=True), unit="points"))


@pytest.fixture
def ways() -> pd.DataFrame:
    rows = [
        ("1-2", 1, 2, 6),
        ("1-1", 1, 1, 3),
        ("0-0", 0, 0, 8),
        ("2-0", 2, 0, 1),
        ("x-0", -1, 0, 4),
        ("1-x", 1, -1, 2),
    ]
    return pd.DataFrame(rows, columns=["flow", "start", "end", "cities"]).assign(hover=f"{HOSTILE}\n6 cities")


def ladder(data: pd.DataFrame, **options: object) -> go.Figure:
    given = {"rungs": ("No level", "Low", HOSTILE), "levelled": True, "absent": ("New", "Gone"), "cycles": ("24", "25")}
    return transitions(data, **given | options)


def test_bands_and_blocks_are_as_tall_as_their_cities(sound: Sound, ways: pd.DataFrame) -> None:
    figure = sound(ladder(ways, chosen="1-2"))
    blocks = [shape for shape in figure.layout.shapes if shape.type == "rect" and shape.xref is None]
    tall = [round((shape.y1 - shape.y0) / 400 * 24, 1) for shape in blocks]
    assert tall[:4] == [1, 11, 8, 4]  # at the left: the highest rung, Low, no level, those who came
    assert tall[4:] == [6, 3, 13, 2]  # at the right
    assert blocks[1].fillcolor == theme.level_colour(1)[0]
    assert [label.split(" · ")[1] for label in figure.layout.yaxis.ticktext] == ["1", "11", "8", "4"]
    assert [label.split(" · ")[1] for label in figure.layout.yaxis2.ticktext] == ["6", "3", "13", "2"]
    assert SHOWN in figure.layout.yaxis.ticktext[0]


def test_every_band_can_be_chosen_and_the_keyboard_visits_it_once(sound: Sound, ways: pd.DataFrame) -> None:
    figure = sound(ladder(ways))
    seen = [trace for trace in figure.data if trace.hoverinfo != "skip"]
    targets, counts = (
        next(t for t in seen if bool((t.meta or {}).get("target")) is wanted) for wanted in (True, False)
    )
    assert sorted(counts.customdata) == sorted(ways["flow"])
    assert set(targets.customdata) == set(ways["flow"])
    assert targets.marker.opacity == 0
    assert "▲ 6" in counts.text
    assert figure.layout.meta["click"]


def test_no_two_blocks_touch(ways: pd.DataFrame) -> None:
    blocks = [shape for shape in ladder(ways).layout.shapes if shape.type == "rect" and shape.xref is None]
    left = sorted((shape.y0, shape.y1) for shape in blocks if shape.x1 < 0.5)
    assert all(later[0] - earlier[1] > 10 for earlier, later in pairwise(left))


def test_rungs_that_are_no_levels_have_no_levels_colours(sound: Sound, ways: pd.DataFrame) -> None:
    figure = sound(ladder(ways, levelled=False))
    used = {shape.fillcolor for shape in figure.layout.shapes if shape.xref is None}
    assert not used & {*theme.LIGHT.levels, theme.LIGHT.no_level}


@pytest.mark.parametrize("row", [("0-0", 0, 0, 1), ("x-1", -1, 1, 10_000), ("2-x", 2, -1, 3)])
def test_a_single_way_is_drawn(sound: Sound, row: tuple[object, ...]) -> None:
    sound(ladder(pd.DataFrame([row], columns=["flow", "start", "end", "cities"]).assign(hover="x")))


def gains(**columns: object) -> pd.DataFrame:
    data = pd.DataFrame({"criterion_id": ["A1", HOSTILE], "short_name": ["One", HOSTILE], "hover": HOSTILE})
    return data.assign(
        **{"wording": ["widened", ""], "gained": [9, 1], "lost": [0, 4], "net": [9, -3], "stands": [True, False]}
        | columns
    )


def test_gains_go_right_and_losses_left(sound: Sound) -> None:
    figure = sound(gains_and_losses(gains()))
    right, left = drawn(figure, type="bar")
    assert (numbers(right.x), numbers(left.x)) == ([9, 1], [0, -4])
    stands, chance = drawn(figure, type="scatter")
    assert (numbers(stands.x), numbers(chance.x)) == ([9], [-3])
    assert stands.marker.color != chance.marker.color
    assert list(figure.layout.yaxis2.ticktext) == ["+9 ◆", "−3"]
    assert not any("−" in text or "-" in text for text in figure.layout.xaxis.ticktext)
    assert list(right.customdata) == ["A1", HOSTILE]
    assert ["†" in label for label in figure.layout.yaxis.ticktext] == [True, False]


@pytest.mark.parametrize("most", [0, 1, 7, 3_000, 900_000])
def test_the_axis_of_gains_has_few_round_ticks(sound: Sound, most: int) -> None:
    ticks = numbers(sound(gains_and_losses(gains(gained=[most, 0], net=[most, -4]))).layout.xaxis.tickvals)
    assert 3 <= len(ticks) <= 9
    assert 0 in ticks


@pytest.mark.parametrize("change", [[0.0], [5.0, -3.0, 0.0], [120.0], [-0.4]])
def test_every_city_is_a_dot(sound: Sound, change: list[float]) -> None:
    data = pd.DataFrame({"before": 10.0, "change": change, "cities": 2, "city_id": "", "hover": HOSTILE})
    line = pd.DataFrame({"before": [10.0, 10.0], "expected": [NAN, NAN]})
    figure = sound(movers(data, line=line, x=HOSTILE, y="change"))
    dots = [x for trace in figure.data if trace.mode == "markers" for x in numbers(trace.y)]
    assert sorted(dots) == sorted(np.float32(change).tolist())
    assert "0" in figure.layout.yaxis.ticktext
