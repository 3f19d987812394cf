"""A cohort against its past, area by area: the same cities apart from all cities."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Figure, Trace, bar, figure, scatter
from lib.charts.key import Entry, with_key
from lib.charts.labels import elided, literal
from lib.charts.rows import row_layout, with_numbers
from lib.words import counted, signed_points

TICKS = 4
"""At most this many on each side of zero."""


def change_bars(data: pd.DataFrame, *, noun_plural: str = "cities") -> Figure:
    """Change of the share met in each area: bars for the cities in both cycles, a hollow dot for the whole cohort.

    `data`: one row per practice area: area_id, area, panel (number of cities in both cycles), panel_change and
    cohort_change (−1..1, NaN = nothing to compare). Click gives area_id as customdata.
    """
    panel = data["panel_change"].to_numpy(np.float32)
    bars = [_bars(data, on, up, noun_plural) for on, up in ((panel >= 0, True), (panel < 0, False)) if on.any()]
    return figure([*bars, _cohort(data)], _layout(data, noun_plural))


def _layout(data: pd.DataFrame, noun_plural: str) -> dict[str, Any]:
    at = np.arange(len(data), dtype=np.float32)
    changes = data[["panel_change", "cohort_change"]].to_numpy(np.float64)
    most = float(np.nanmax(np.append(np.abs(changes), 0.05))) * 1.12
    wide, narrow = [elided(area, 30) for area in data["area"]], [elided(area, 6) for area in data["area_id"]]
    layout = row_layout(at, wide, narrow, row_height=34, xaxis=_points_axis(most))
    layout = with_numbers(layout, at, [signed_points(change) for change in changes[:, 0]])
    look = theme.LIGHT
    plural = literal(noun_plural)
    entries = [
        Entry(f"the same {plural} in both cycles:"),
        Entry("▲ up", "square", look.up),
        Entry("▼ down", "square", look.down),
        Entry(f"all {plural}, newcomers included", "circle", look.background, look.ink),
    ]
    return with_key(layout, entries)


def _points_axis(most: float) -> dict[str, Any]:
    steps = (2, 5, 10, 20, 50)
    step = next((step for step in steps if most * 100 <= step * TICKS), steps[-1])
    ticks = np.arange(-100, 101, step)
    return {
        "range": [-most, most],
        "zeroline": True,
        "zerolinecolor": theme.LIGHT.faint,
        "zerolinewidth": 1.5,
        "tickvals": ticks / 100,
        "ticktext": [f"{tick:+d}".replace("-", "−") if tick else "0" for tick in ticks],
        "title": {"text": "percentage points"},
    }


def _bars(data: pd.DataFrame, on: NDArray[np.bool_], up: bool, noun_plural: str) -> Trace:
    part = data[on]
    words = [signed_points(float(value)) for value in part["panel_change"]]
    same = [f"the same {counted(panel, noun_plural, noun_plural)} in both cycles" for panel in part["panel"]]
    return bar(
        orientation="h",
        x=part["panel_change"].to_numpy(np.float32),
        y=np.flatnonzero(on).astype(np.float32),
        width=0.5,
        marker={"color": theme.LIGHT.up if up else theme.LIGHT.down, "line": {"width": 0}},
        customdata=part["area_id"].to_numpy(object),
        hovertext=[
            f"<b>{literal(area)}</b><br>{word}<br>{literal(cities)}"
            for area, word, cities in zip(part["area"], words, same, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _cohort(data: pd.DataFrame) -> Trace:
    change = data["cohort_change"].to_numpy(np.float32)
    return scatter(
        x=change,
        y=np.arange(len(data), dtype=np.float32),
        yaxis="y2",
        mode="markers",
        marker={"color": theme.LIGHT.background, "size": 10, "line": {"color": theme.LIGHT.ink, "width": 1.5}},
        customdata=data["area_id"].to_numpy(object),
        text=[
            f"<b>{literal(area)}</b><br>whole cohort: {signed_points(float(value))}"
            for area, value in zip(data["area"], change, strict=True)
        ],
        hovertemplate="%{text}<extra></extra>",
    )
