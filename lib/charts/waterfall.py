"""What a change is made of: bars that begin where the one above ends, from the mean before to the mean now."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Figure, Trace, bar, figure, scatter
from lib.charts.hover import HOVERTEXT, hovers
from lib.charts.key import Entry, with_key
from lib.charts.labels import elided, literal
from lib.charts.rows import row_layout, with_numbers

Floats = NDArray[np.float64]

TOTALS = ("before", "now")
THICK = 0.5


def waterfall(data: pd.DataFrame, *, unit: str) -> Figure:
    """The parts of a change, from the top down.

    `data`: one row per part: part ('before' and 'now' are the means, the rest lies between), label, short (its label
    on a phone), number (its value in words), start, end, low, high (NaN = no interval), hover. `unit`: of the axis,
    which need not begin at zero: the means are points, not bars.
    """
    at = np.arange(len(data), dtype=np.float32)
    start, end, low, high = (data[name].to_numpy(np.float64) for name in ("start", "end", "low", "high"))
    mean, hover = data["part"].isin(TOTALS).to_numpy(), hovers(data["hover"])
    rises = (end >= start) & ~mean
    bars = [
        _bars(start[some], end[some], at[some], hover[some], colour)
        for some, colour in ((rises, theme.LIGHT.up), (~rises & ~mean, theme.LIGHT.down))
    ]
    sure = ~np.isnan(low)
    interval = _interval(end[sure], start[sure] + low[sure], start[sure] + high[sure], at[sure])
    layout = _layout(data, at, _axis([start, end, start + low, start + high], unit))
    return figure([_steps(end, at), *bars, interval, _means(end[mean], at[mean], hover[mean])], layout)


def _layout(data: pd.DataFrame, at: NDArray[np.float32], axis: dict[str, Any]) -> dict[str, Any]:
    wide, narrow = [literal(label) for label in data["label"]], [elided(label, 15) for label in data["short"]]
    layout = row_layout(at, wide, narrow, row_height=44, xaxis=axis)
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


def _axis(reach: list[Floats], unit: str) -> dict[str, Any]:
    low, high = float(np.nanmin(reach)), float(np.nanmax(reach))
    room = max(high - low, 0.5) * 0.08
    return {"range": [low - room, high + room], "nticks": 7, "title": {"text": literal(unit)}}


def _bars(start: Floats, end: Floats, at: NDArray[np.float32], hover: NDArray[np.object_], colour: str) -> Trace:
    return bar(
        orientation="h",
        base=start,
        x=end - start,
        y=at,
        width=THICK,
        marker={"color": colour, "line": {"width": 0}},
        hovertext=hover,
        hovertemplate=HOVERTEXT,
    )


def _interval(end: Floats, low: Floats, high: Floats, at: NDArray[np.float32]) -> Trace:
    """Where a bar could as well end."""
    reach = {"type": "data", "symmetric": False, "array": high - end, "arrayminus": end - low}
    return scatter(
        x=end,
        y=at,
        yaxis="y2",
        mode="markers",
        marker={"size": 1, "color": theme.LIGHT.ink},
        error_x={**reach, "color": theme.LIGHT.ink, "thickness": 1.5, "width": 5},
        hoverinfo="skip",
    )


def _means(end: Floats, at: NDArray[np.float32], hover: NDArray[np.object_]) -> Trace:
    marker = {"symbol": "diamond", "size": 14, "color": theme.LIGHT.ink}
    return scatter(x=end, y=at, mode="markers", marker=marker, hovertext=hover, hovertemplate=HOVERTEXT)


def _steps(end: Floats, at: NDArray[np.float32]) -> Trace:
    """Thin lines that lead from the end of one row to the start of the next."""
    gap = np.full(len(end) - 1, np.nan)
    x, y = np.column_stack([end[:-1], end[:-1], gap]).ravel(), np.column_stack([at[:-1], at[1:], gap]).ravel()
    line = {"color": theme.LIGHT.faint, "width": 1, "dash": "dot"}
    return scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip")
