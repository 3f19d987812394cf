"""What a change is made of: bars that begin where the one above ends, from the mean before to the mean now."""

from typing import Any

import numpy as np
import pandas as pd

from lib import theme
from lib.charts.figure import Figure, Trace, bar, figure, scatter
from lib.charts.hover import HOVERTEXT, hovers
from lib.charts.key import Entry, with_key
from lib.charts.labels import elided, literal
from lib.charts.rows import row_layout, with_numbers

TOTALS = ("before", "now")
THICK = 0.5


def waterfall(data: pd.DataFrame, *, unit: str) -> Figure:
    """The parts of a change, from the top down.

    `data`: one row per part: part ('before' and 'now' are the means, the rest lies between), label, short (its label
    on a phone), number (its value in words), start, end, low, high (NaN = no interval), hover. `unit`: of the axis,
    which need not begin at zero: the means are points, not bars.
    """
    at = np.arange(len(data), dtype=np.float32)
    parts = data.assign(at=at)
    between, ends = parts[~parts["part"].isin(TOTALS)], parts[parts["part"].isin(TOTALS)]
    rising, falling = between[between["end"] >= between["start"]], between[between["end"] < between["start"]]
    bars = [_bars(rising, theme.LIGHT.up), _bars(falling, theme.LIGHT.down)]
    return figure([_steps(parts), *bars, _interval(between), _means(ends)], _layout(parts, at, unit))


def _layout(data: pd.DataFrame, at: Any, unit: str) -> dict[str, Any]:  # noqa: ANN401  (an array of any length)
    wide, narrow = [literal(label) for label in data["label"]], [elided(label, 15) for label in data["short"]]
    layout = row_layout(at, wide, narrow, row_height=44, xaxis=_axis(data, unit))
    layout = with_numbers(layout, at, [literal(text) for text in data["number"]])
    look = theme.LIGHT
    entries = [
        Entry("mean", "diamond", look.ink),
        Entry("▲ lifts the mean", "square", look.up),
        Entry("▼ lowers it", "square", look.down),
        Entry("95 % interval", "line", look.ink, look.ink),
    ]
    keyed = with_key(layout, entries)
    return {**keyed, "meta": {**keyed["meta"], "click": False}}


def _axis(data: pd.DataFrame, unit: str) -> dict[str, Any]:
    ends = data[["start", "end"]].to_numpy(np.float64)
    reach = ends[:, :1] + data[["low", "high"]].to_numpy(np.float64)
    every = np.concatenate([ends.ravel(), reach.ravel()])
    low, high = float(np.nanmin(every)), float(np.nanmax(every))
    room = max(high - low, 0.5) * 0.08
    return {"range": [low - room, high + room], "nticks": 7, "title": {"text": literal(unit)}}


def _bars(part: pd.DataFrame, colour: str) -> Trace:
    return bar(
        orientation="h",
        base=part["start"].to_numpy(np.float64),
        x=(part["end"] - part["start"]).to_numpy(np.float64),
        y=part["at"].to_numpy(np.float32),
        width=THICK,
        marker={"color": colour, "line": {"width": 0}},
        hovertext=hovers(part["hover"]),
        hovertemplate=HOVERTEXT,
    )


def _interval(between: pd.DataFrame) -> Trace:
    """Where the bar of a part could as well end."""
    part = between.dropna(subset=["low", "high"])
    return scatter(
        x=part["end"].to_numpy(np.float64),
        y=part["at"].to_numpy(np.float32),
        yaxis="y2",
        mode="markers",
        marker={"size": 1, "color": theme.LIGHT.ink},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (part["start"] + part["high"] - part["end"]).to_numpy(np.float64),
            "arrayminus": (part["end"] - part["start"] - part["low"]).to_numpy(np.float64),
            "color": theme.LIGHT.ink,
            "thickness": 1.5,
            "width": 5,
        },
        hoverinfo="skip",
    )


def _means(ends: pd.DataFrame) -> Trace:
    return scatter(
        x=ends["end"].to_numpy(np.float64),
        y=ends["at"].to_numpy(np.float32),
        mode="markers",
        marker={"symbol": "diamond", "size": 14, "color": theme.LIGHT.ink},
        hovertext=hovers(ends["hover"]),
        hovertemplate=HOVERTEXT,
    )


def _steps(parts: pd.DataFrame) -> Trace:
    """Thin lines that lead from the end of one row to the start of the next."""
    upper, lower = parts.iloc[:-1], parts.iloc[1:]
    gap = np.full(len(upper), np.nan)
    x = np.column_stack([upper["end"], upper["end"], gap]).ravel()
    y = np.column_stack([upper["at"], lower["at"], gap]).ravel()
    line = {"color": theme.LIGHT.faint, "width": 1, "dash": "dot"}
    return scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip")
