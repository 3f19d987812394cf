"""Pass rates with their uncertainty, one row per criterion."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from lib import theme
from lib.charts.labels import elided, literal, width_of
from lib.words import NOT_ENOUGH, count_of

ROW_HEIGHT = 24
_SYMBOLS = ("circle", "diamond", "square", "triangle-up")


def rate_intervals(
    data: pd.DataFrame, *, minimum: int, label: str, versus_label: str | None = None, noun_plural: str = "cities"
) -> go.Figure:
    """Pass rate of each criterion as a dot on its Wilson interval, in the order given; areas head their criteria.

    `data`: one row per criterion (× `group`, if there is such a column: at most four): criterion_id, short_name,
    area_id, area, met, answered, pass_rate, low, high (0..1), optional versus_rate, versus_answered, drawn as a
    hollow dot. With fewer than `minimum` answers there is no dot but words. Click gives criterion_id as customdata.
    """
    rows = _rows(data)
    groups: list[Any] = list(data["group"].drop_duplicates()) if "group" in data else [None]
    figure = go.Figure(layout=_layout(rows, data, len(groups)))
    placed = data.assign(y=rows.set_index("criterion_id")["y"].loc[data["criterion_id"]].to_numpy())
    for turn, group in enumerate(groups):
        part = placed if group is None else placed[placed["group"] == group]
        part = part.assign(y=(part["y"] + (turn - (len(groups) - 1) / 2) * 0.72 / len(groups)).astype(np.float32))
        enough = part["answered"] >= minimum
        figure.add_traces(_dots(part[enough], turn, literal(label if group is None else group), noun_plural))
        figure.add_traces(_too_few(part[~enough], noun_plural))
    if versus_label and "versus_rate" in data and len(groups) == 1:
        figure.add_trace(_versus(placed, literal(versus_label), minimum))
    return figure


def _rows(data: pd.DataFrame) -> pd.DataFrame:
    """One row per criterion with its place `y` and whether its area's heading stands above it."""
    rows = data.drop_duplicates("criterion_id").reset_index(drop=True)
    starts = rows["area_id"].ne(rows["area_id"].shift())
    grouped = starts.sum() == rows["area_id"].nunique() and rows["area_id"].nunique() > 1
    headed = starts & grouped
    return rows.assign(headed=headed, y=(np.arange(len(rows)) + headed.cumsum() * 1.15).astype(np.float32))


def _layout(rows: pd.DataFrame, data: pd.DataFrame, groups: int) -> go.Layout:
    heads = rows[rows["headed"]]
    at = np.concatenate([rows["y"].to_numpy(), heads["y"].to_numpy() - np.float32(1)])
    wide = [elided(f"{row.criterion_id}  {row.short_name}", 46) for row in rows.itertuples()]
    narrow = [literal(row.criterion_id) for row in rows.itertuples()]
    headings = [f"<b>{elided(area, 40)}</b>" for area in heads["area"]]
    short = [f"<b>{elided(area, 9)}</b>" for area in heads["area_id"]]
    last = float(rows["y"].iloc[-1]) if len(rows) else 0.0
    span = [last + 0.7, -0.7 if len(heads) == 0 else -0.4]
    counts = _counts(data) if groups == 1 else []
    height = ROW_HEIGHT + (10 * (groups - 1) if groups > 1 else 0)
    return go.Layout(
        template=theme.template(),
        height=round((span[0] - span[1]) * height + 66),
        margin={"l": width_of(wide), "r": 70 if counts else 16, "t": 56, "b": 10, "pad": 0},
        legend={"x": 0, "xref": "container", "y": 1, "yref": "container", "yanchor": "top"},
        xaxis={**_percent_axis(), "side": "top"},
        yaxis=_labels(at, wide + headings, span, "left"),
        yaxis2={**_labels(rows["y"].to_numpy(), counts, span, "right"), "overlaying": "y"} if counts else None,
        meta={
            "click": True,
            "across": "rows",
            "narrow": {"margin": {"l": width_of([*narrow, "MMMMM"])}, "yaxis": {"ticktext": narrow + short}},
        },
    )


def _percent_axis() -> dict[str, Any]:
    return {"range": [-0.02, 1.02], "tickvals": np.linspace(0, 1, 5), "tickformat": ".0%", "ticklabelstandoff": 2}


def _labels(at: NDArray[np.float32], texts: Sequence[str], span: list[float], side: str) -> dict[str, Any]:
    ink = theme.LIGHT.ink if side == "left" else theme.LIGHT.muted
    return {
        "tickmode": "array",
        "tickvals": at,
        "ticktext": list(texts),
        "range": span,
        "side": side,
        "showgrid": False,
        "ticklabelstandoff": 8,
        "tickfont": {"color": ink, "size": theme.SMALL},
    }


def _counts(data: pd.DataFrame) -> list[str]:
    return [count_of(met, answered) for met, answered in zip(data["met"], data["answered"], strict=True)]


def _dots(shown: pd.DataFrame, turn: int, name: str, noun_plural: str) -> list[go.Scatter]:
    colour = theme.LIGHT.groups[turn % len(theme.LIGHT.groups)]
    dots = go.Scatter(
        x=shown["pass_rate"].to_numpy(np.float32),
        y=shown["y"].to_numpy(),
        mode="markers",
        name=name,
        marker={"color": colour, "size": 10, "symbol": _SYMBOLS[turn % len(_SYMBOLS)]},
        customdata=shown["criterion_id"].to_numpy(object),
        text=_hovers(shown, noun_plural),
        hovertemplate="%{text}<extra>" + name + "</extra>",
    )
    return [_intervals(shown, colour), dots]


def _intervals(shown: pd.DataFrame, colour: str) -> go.Scatter:
    """Every interval as one path."""
    low, high = (shown[edge].to_numpy(np.float32) for edge in ("low", "high"))
    return go.Scatter(
        x=np.stack([low, high, np.full_like(low, np.nan)], axis=-1).ravel(),
        y=np.repeat(shown["y"].to_numpy(), 3),
        mode="lines",
        line={"color": colour, "width": 3},
        opacity=0.35,
        hoverinfo="skip",
        showlegend=False,
    )


def _hovers(shown: pd.DataFrame, noun_plural: str) -> list[str]:
    return [
        f"<b>{literal(row.criterion_id)} {literal(row.short_name)}</b><br>"
        f"{count_of(row.met, row.answered)} {literal(noun_plural)} that answered met it: {row.pass_rate:.0%}<br>"
        f"95 % interval {row.low:.0%} to {row.high:.0%}"
        for row in shown.itertuples()
    ]


def _too_few(part: pd.DataFrame, noun_plural: str) -> list[go.Scatter]:
    if part.empty:
        return []
    words = go.Scatter(
        x=np.zeros(len(part), np.float32),
        y=part["y"].to_numpy(),
        mode="text",
        text=literal(NOT_ENOUGH.format(units=noun_plural)),
        textposition="middle right",
        textfont={"color": theme.LIGHT.muted, "size": theme.SMALL, "style": "italic"},
        customdata=part["criterion_id"].to_numpy(object),
        hoverinfo="skip",
        showlegend=False,
    )
    return [words]


def _versus(placed: pd.DataFrame, name: str, minimum: int) -> go.Scatter:
    enough = placed["versus_rate"].notna()
    if "versus_answered" in placed:
        enough &= placed["versus_answered"] >= minimum
    shown = placed[enough]
    return go.Scatter(
        x=shown["versus_rate"].to_numpy(np.float32),
        y=shown["y"].to_numpy(),
        mode="markers",
        name=name,
        marker={"color": theme.LIGHT.background, "size": 9, "line": {"color": theme.LIGHT.muted, "width": 1.5}},
        customdata=shown["criterion_id"].to_numpy(object),
        text=[f"<b>{literal(code)}</b>" for code in shown["criterion_id"]],
        hovertemplate="%{text}<br>%{x:.0%}<extra>" + name + "</extra>",
    )
