"""Every criterion by how hard it is and how well it tells strong cities from weak ones."""

from typing import Any

import numpy as np
import pandas as pd

from lib import theme
from lib.charts.figure import Figure, Trace, figure, scatter
from lib.charts.hover import HOVERTEXT, hovers
from lib.charts.key import Entry, with_key
from lib.charts.labels import literal, width_of
from lib.charts.placing import sides
from lib.words import percent

HEIGHT, DOT, FONT = 460, 9, 11
MARGIN = {"l": 56, "r": 14, "t": 10, "b": 50, "pad": 0}
_EDGE = 0.04  # of a correlation
_CLEAR = 3  # pixels that Plotly leaves between a point and its text
WIDE, TIGHT, PHONE = 860, 560, 320
"""Pixels of the whole chart for which names are placed: where there is more room they stay apart all the more."""


def discrimination(data: pd.DataFrame, *, low: float, noun_plural: str = "cities") -> Figure:
    """Pass rate across, item-rest correlation upwards; the code of each criterion beside its dot where there is room.

    `data`: one row per criterion with both numbers: criterion_id, pass_rate (0..1), r (−1..1), hover. Under `low` a
    criterion tells little, and is drawn as a diamond. Click gives criterion_id as customdata.
    """
    span = _span(data["r"], low)
    little = data["r"] < low
    parts = [_dots(data[little], weak=True), _dots(data[~little], weak=False)]
    return figure([*parts, _names(data, span)], _layout(span, low, noun_plural))


def _span(r: pd.Series, low: float) -> tuple[float, float]:
    """From a little below the lowest, or zero, to a little above the highest."""
    return min(float(r.min()), 0.0) - _EDGE, max(float(r.max()), low) + _EDGE


def _layout(span: tuple[float, float], low: float, noun_plural: str) -> dict[str, Any]:
    quarters = np.linspace(0, 1, 5)
    ticks = np.arange(np.ceil(span[0] * 10), np.floor(span[1] * 10) + 1) / 10
    layout = {
        "height": HEIGHT,
        "margin": MARGIN,
        "xaxis": {
            "range": [-0.03, 1.03],
            "tickvals": quarters,
            "ticktext": [percent(tick) for tick in quarters],
            "title": {"text": f"pass rate: hard at the left, met by most {literal(noun_plural)} at the right"},
        },
        "yaxis": {
            "range": list(span),
            "tickvals": ticks,
            "ticktext": [f"{tick:.1f}".replace("-0.0", "0.0").replace("-", "−") for tick in ticks],
            "title": {"text": "item-rest correlation"},
        },
        "shapes": [_line(0, "solid"), _line(low, "dot")],
        "meta": {"click": True, "below": WIDE, "narrow": {"xaxis": {"title": {"text": "pass rate"}}}},
    }
    look = theme.LIGHT
    entries = [
        Entry("tells strong from weak", "circle", look.primary, look.primary),
        Entry(f"tells little: under {low:.1f}", "diamond", look.down, look.down),
    ]
    return with_key(layout, entries)


def _line(value: float, dash: str) -> dict[str, Any]:
    line = {"color": theme.LIGHT.faint, "width": 1.5, "dash": dash}
    return {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": value, "y1": value, "line": line, "layer": "below"}


def _dots(part: pd.DataFrame, *, weak: bool) -> Trace:
    return scatter(
        x=part["pass_rate"].to_numpy(np.float32),
        y=part["r"].to_numpy(np.float32),
        mode="markers",
        marker={
            "color": theme.LIGHT.down if weak else theme.LIGHT.primary,
            "size": DOT,
            "symbol": "diamond" if weak else "circle",
            "line": {"color": theme.LIGHT.background, "width": 1},
        },
        customdata=part["criterion_id"].to_numpy(object),
        hovertext=hovers(part["hover"]),
        hovertemplate=HOVERTEXT,
    )


def _names(data: pd.DataFrame, span: tuple[float, float]) -> Trace:
    """The codes as texts of invisible points; where each stands depends on the width of the chart."""
    names = [literal(id_) for id_ in data["criterion_id"]]
    wide, tight, phone = (_placed(data, names, span, width) for width in (WIDE, TIGHT, PHONE))
    return scatter(
        x=data["pass_rate"].to_numpy(np.float32),
        y=data["r"].to_numpy(np.float32),
        mode="markers+text",
        marker={"size": DOT, "opacity": 0},
        textfont={"color": theme.LIGHT.muted, "size": FONT},
        hoverinfo="skip",
        meta={"tight": tight, "narrow": phone},
        **wide,
    )


def _placed(data: pd.DataFrame, names: list[str], span: tuple[float, float], width: int) -> dict[str, list[str]]:
    """Texts and their sides on a chart of this width."""
    room = (width - MARGIN["l"] - MARGIN["r"], HEIGHT - MARGIN["t"] - MARGIN["b"])
    x = (data["pass_rate"].to_numpy(np.float64) + 0.03) / 1.06 * room[0]
    y = (span[1] - data["r"].to_numpy(np.float64)) / (span[1] - span[0]) * room[1]
    sizes = np.array([(width_of([name], FONT) - 12, FONT + 2) for name in names], np.float64).reshape(-1, 2)
    found = sides(np.stack([x, y], axis=1), sizes, room, dot=DOT, gap=_CLEAR)
    texts = [name if side else "" for name, side in zip(names, found, strict=True)]
    return {"text": texts, "textposition": [side or "middle right" for side in found]}
