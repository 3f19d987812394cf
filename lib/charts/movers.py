"""Every city by where it started and how it changed, with the change that such a start leads one to expect."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Figure, Trace, figure, scatter
from lib.charts.hover import HOVERTEXT, hovers
from lib.charts.key import Entry, with_key
from lib.charts.labels import literal

SMALLEST = 7
"""Pixels across the dot of a single city."""


def movers(data: pd.DataFrame, *, line: pd.DataFrame, x: str, y: str, noun: str = "city") -> Figure:
    """Dots for cities, larger where several share a place, and the expected change as a line.

    `data`: one row per place: before, change, cities (number), city_id (of its only city, else empty), hover. `line`:
    before, expected (the ends of the line; no rows = none). `x` and `y` name the axes. Click gives city_id as
    customdata.
    """
    change = data["change"].to_numpy(np.float32)
    size = np.minimum(SMALLEST * np.sqrt(data["cities"].to_numpy(np.float32)), 34)
    shown = {
        "x": data["before"].to_numpy(np.float32),
        "y": change,
        "customdata": data["city_id"].to_numpy(object),
        "hovertext": hovers(data["hover"]),
    }
    ways = (change > 0, theme.LIGHT.up), (change < 0, theme.LIGHT.down), (change == 0, theme.LIGHT.faint)
    dots = [_dots({name: values[some] for name, values in shown.items()}, size[some], colour) for some, colour in ways]
    return figure([_expected(line), *dots], _layout(data, x, y, noun))


def _layout(data: pd.DataFrame, x: str, y: str, noun: str) -> dict[str, Any]:
    low, high = (float(data["before"].min()), float(data["before"].max())) if len(data) else (0.0, 1.0)
    room = max(high - low, 1) * 0.05
    layout = {
        "height": 400,
        "margin": {"l": 52, "r": 12, "t": 8, "b": 48, "pad": 0},
        "xaxis": {"range": [low - room, high + room], "title": {"text": literal(x)}, "nticks": 8},
        "yaxis": _changes(data["change"], y),
        "meta": {"click": True},
    }
    entries = [
        Entry("▲ improved", "circle", theme.LIGHT.up, theme.LIGHT.up),
        Entry("▼ slipped", "circle", theme.LIGHT.down, theme.LIGHT.down),
        Entry("expected for this start", "line", theme.LIGHT.ink, theme.LIGHT.ink),
        Entry(f"larger: more than one {literal(noun)}"),
    ]
    return with_key(layout, entries)


def _changes(change: pd.Series, title: str) -> dict[str, Any]:
    """Zero is always there, and every other tick has its sign."""
    low, high = min(float(change.min()), -1.0), max(float(change.max()), 1.0)
    step = next(
        size for power in range(7) for size in (10**power, 2 * 10**power, 5 * 10**power) if high - low <= 9 * size
    )
    ticks = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    return {
        "range": [low - 0.08 * (high - low), high + 0.08 * (high - low)],
        "tickvals": ticks,
        "ticktext": [f"{tick:+,.0f}".replace("-", "−") if tick else "0" for tick in ticks],
        "title": {"text": literal(title)},
        "zeroline": True,
        "zerolinecolor": theme.LIGHT.faint,
        "zerolinewidth": 1.5,
    }


def _dots(shown: Mapping[str, Any], size: NDArray[np.float32], colour: str) -> Trace:
    edge = {"color": theme.LIGHT.background, "width": 0.5}
    look = {"color": colour, "opacity": 0.75, "size": size, "line": edge}
    return scatter(mode="markers", marker=look, hovertemplate=HOVERTEXT, **shown)


def _expected(line: pd.DataFrame) -> Trace:
    return scatter(
        x=line["before"].to_numpy(np.float64),
        y=line["expected"].to_numpy(np.float64),
        mode="lines",
        line={"color": theme.LIGHT.ink, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
    )
