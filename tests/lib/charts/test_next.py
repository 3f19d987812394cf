"""Dots of the nearly there, bars of what is in their way, steps of a plan, and the map of difficulty."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lib import theme
from lib.charts.near import MOST_LINES, PER_LINE

from .conftest import HOSTILE, drawn, numbers
from .plotted import difficulty_map, in_the_way_bars, near_dots, workshop_steps

Sound = Callable[[go.Figure], go.Figure]
UNIT = ("criterion", "criteria")


def near(*cities: tuple[str, int, float], note: str | None = None) -> pd.DataFrame:
    """Cities as (next level, level position, missing)."""
    frame = pd.DataFrame(cities, columns=["next_level", "level_position", "to_next"])
    names = [f"Town {n}" for n in range(len(frame))]
    notes = pd.Series([note, *[None] * (len(frame) - 1)], dtype=object)
    return frame.assign(city_id=[f"t{n}" for n in range(len(frame))], name=names, score=20.0, boundary_note=notes)


def dots(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in drawn(figure, type="scatter") if trace.customdata is not None]


def test_a_row_for_each_level_and_what_is_missing(sound: Sound) -> None:
    data = near(("Gold", 1, 1), ("Gold", 1, 2), ("Gold", 1, 2), ("Silver", 0, 1), note="contested")
    figure = sound(near_dots(data, unit=UNIT, noun="city", noun_plural="cities"))
    labels = ["1 criterion short of Gold", "2 criteria short of Gold", "1 criterion short of Silver"]
    assert list(figure.layout.yaxis.ticktext) == labels
    assert list(figure.layout.yaxis2.ticktext) == ["1 city", "2 cities", "1 city"]
    gold, silver = dots(figure)
    assert list(gold.customdata) == ["t0", "t1", "t2"]
    assert list(gold.marker.symbol) == ["diamond", "circle", "circle"]
    assert (gold.marker.color, silver.marker.color) == (theme.level_colour(2)[0], theme.level_colour(1)[0])
    assert numbers(gold.x) == [0, 0, 1]
    assert "at the boundary" in gold.text[0]


def test_a_part_of_a_point_is_in_the_row_of_the_whole(sound: Sound) -> None:
    data = near(("Fair", 0, 0.4), ("Fair", 0, 1.6))
    figure = sound(near_dots(data, unit=("point", "points"), noun="town", noun_plural="towns"))
    assert list(figure.layout.yaxis.ticktext) == ["1 point short of Fair", "2 points short of Fair"]
    assert "1.6 points short of Fair" in dots(figure)[0].text[1]


def test_more_cities_than_fit_are_counted_not_drawn(sound: Sound) -> None:
    most = PER_LINE * MOST_LINES
    figure = sound(near_dots(near(*[("Gold", 1, 1)] * (most + 7)), unit=UNIT, noun="city", noun_plural="cities"))
    (gold,) = dots(figure)
    assert len(gold.x) == most
    assert list(figure.layout.yaxis2.ticktext) == [f"{most + 7} cities<br>{most} drawn"]
    assert max(numbers(gold.y)) < figure.layout.yaxis.range[0]


def test_names_are_shown_as_they_are(sound: Sound) -> None:
    data = near((HOSTILE, 1, 1)).assign(name=HOSTILE)
    figure = sound(near_dots(data, unit=UNIT, noun="city", noun_plural="cities"))
    assert "<script" not in dots(figure)[0].text[0]


def blockers(count: int) -> pd.DataFrame:
    rows = [(f"C{n}", f"Name {n}", 9, 9 - n % 3, 5, 1 if n == 0 else 0, 2) for n in range(count)]
    columns = ["criterion_id", "short_name", "near_misses", "missing", "not_met", "blocked", "unanswered"]
    return pd.DataFrame(rows, columns=columns)


def test_what_is_in_the_way_apart_by_why(sound: Sound) -> None:
    figure = sound(in_the_way_bars(blockers(2), noun_plural="cities"))
    no, blocked, silent = drawn(figure, type="bar")
    assert (numbers(no.x), numbers(blocked.x), numbers(silent.x)) == ([5, 5], [1, 0], [2, 2])
    assert silent.marker.pattern.shape == "/"
    assert list(figure.layout.yaxis2.ticktext) == ["9 of 9", "8 of 9"]
    assert list(no.customdata) == ["C0", "C1"]
    assert "not met: 5 of 9 cities" in no.hovertext[0]


def test_only_kinds_that_occur_and_only_the_first_criteria_are_drawn(sound: Sound) -> None:
    data = blockers(30).assign(blocked=0, unanswered=0)
    figure = sound(in_the_way_bars(data, noun_plural="cities"))
    (bars,) = drawn(figure, type="bar")
    assert len(bars.x) == 12


def plan(*adds: float, bound: float | None = None) -> pd.DataFrame:
    running = np.cumsum(adds)
    rows = {"unit_id": [f"C{n}" for n in range(len(adds))], "name": [f"Name {n}" for n in range(len(adds))]}
    frame = pd.DataFrame(rows).assign(adds=adds, running=running, attending=7)
    return frame.assign(bound=running[-1] if bound is None else bound, proven=bound is None)


def test_each_workshop_starts_where_those_before_it_end(sound: Sound) -> None:
    figure = sound(workshop_steps(plan(6, 3, 1.5), unit=("city up", "cities up"), attending="cities", coded=True))
    steps, total = drawn(figure, type="bar")
    assert numbers(steps.base) == [0, 6, 9]
    assert numbers(steps.x) == [6, 3, 1.5]
    assert numbers(total.x) == [10.5]
    assert list(figure.layout.yaxis2.ticktext) == ["+6", "+3", "+1.5", "<b>10.5</b>"]
    assert [shape for shape in figure.layout.shapes if shape.line.dash] == []


def test_a_plan_that_is_not_proven_shows_its_bound(sound: Sound) -> None:
    figure = sound(workshop_steps(plan(6, bound=8), unit=("city up", "cities up"), attending="cities", coded=False))
    (line,) = [shape for shape in figure.layout.shapes if shape.line.dash]
    assert (line.x0, line.x1) == (8, 8)
    assert figure.layout.xaxis.range[1] > 8


def test_a_plan_of_nothing_is_drawn(sound: Sound) -> None:
    figure = sound(workshop_steps(plan(0), unit=("city up", "cities up"), attending="cities", coded=True))
    assert numbers(drawn(figure, type="bar")[1].x) == [0]


def test_criteria_and_cities_share_a_scale(sound: Sound) -> None:
    criteria = pd.DataFrame(
        {"kind": "criterion", "id": ["A", "B"], "short_name": ["Air", "Bog"], "place": [-1.0, 2.0]}
        | {"error": [0.2, 0.3], "infit": [1.0, 1.6], "outfit": [1.0, 2.0]}
    )
    data = pd.concat([criteria, pd.DataFrame({"kind": "city", "place": [-3.0, 0.5, np.nan]})])
    figure = sound(difficulty_map(data, noun_plural="cities", focus=("Ayla", 0.5)))
    (points,) = dots(figure)
    assert numbers(points.x) == [-1, 2]
    assert list(points.marker.color) == [theme.LIGHT.primary, theme.LIGHT.background]  # the second does not fit
    assert list(figure.layout.yaxis2.ticktext) == ["infit", "1.00", "1.60"]
    assert figure.layout.xaxis.range[0] < -3
    assert [shape.x0 for shape in figure.layout.shapes if shape.line.dash] == [0.5]
    assert "infit 1.60, outfit 2.00" in points.text[1]
