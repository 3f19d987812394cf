"""One city against its cohort, and a cohort against its past, area by area."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from lib import theme
from lib.charts.labels import elided, literal, width_of
from lib.words import count_of, counted, percent, share_of, signed_points

MOST_DOTS = 300
"""More cities than this are shown by this many, evenly chosen by rank, so that the shape stays."""
TICKS = 4
"""At most this many on each side of zero."""
_GOLDEN = 0.6180339887


def area_strip(data: pd.DataFrame, *, focus: str, noun_plural: str = "cities") -> go.Figure:
    """One city among the cohort: the middle half as a band, the median as a tick, the city as a diamond.

    `data`: one row per practice area × city: area_id, area, city_id, name, share (0..1, NaN = not assessed), met,
    asked, is_focus, and per area q1, median, q3, cities. `focus` is the city's name. Click gives city_id as customdata.
    """
    areas = data.drop_duplicates("area_id").reset_index(drop=True)
    place = pd.Series(np.arange(len(areas), dtype=np.float32), index=areas["area_id"])
    own = data[data["is_focus"].to_numpy(bool)].drop_duplicates("area_id")
    figure = go.Figure(layout=_strip_layout(areas, own))
    figure.add_trace(_band(areas, noun_plural))
    figure.add_trace(_others(data[~data["is_focus"].to_numpy(bool) & data["share"].notna()], place, noun_plural))
    figure.add_trace(_medians(areas))
    figure.add_trace(_city(own[own["share"].notna()], place, focus))
    return figure


def _strip_layout(areas: pd.DataFrame, own: pd.DataFrame) -> go.Layout:
    counts = own.set_index("area_id").reindex(areas["area_id"])
    at_right = ["not assessed" if np.isnan(row.share) else count_of(row.met, row.asked) for row in counts.itertuples()]
    wide, narrow = [elided(area, 30) for area in areas["area"]], [elided(area, 6) for area in areas["area_id"]]
    at, span = np.arange(len(areas), dtype=np.float32), [len(areas) - 0.4, -0.6]
    side = {"tickmode": "array", "tickvals": at, "range": span, "showgrid": False, "ticklabelstandoff": 8}
    return go.Layout(
        template=theme.template(),
        height=44 * len(areas) + 66,
        margin={"l": width_of(wide), "r": width_of(at_right), "t": 56, "b": 10, "pad": 0},
        legend={"x": 0, "xref": "container", "y": 1, "yref": "container", "yanchor": "top"},
        xaxis={"range": [-0.03, 1.03], "tickvals": np.linspace(0, 1, 5), "tickformat": ".0%", "side": "top"},
        yaxis={**side, "ticktext": wide, "tickfont": {"color": theme.LIGHT.ink, "size": 13}},
        yaxis2={**side, "ticktext": at_right, "overlaying": "y", "side": "right"},
        meta={
            "click": True,
            "across": "rows",
            "narrow": {"margin": {"l": width_of([*narrow, "MMMM"])}, "yaxis": {"ticktext": narrow}},
        },
    )


def _band(areas: pd.DataFrame, noun_plural: str) -> go.Bar:
    q1, q3 = (areas[name].to_numpy(np.float32) for name in ("q1", "q3"))
    return go.Bar(
        orientation="h",
        name=f"middle half of the {literal(noun_plural)}",
        base=q1,
        x=np.maximum(q3 - q1, np.float32(0.006)),
        y=np.arange(len(areas), dtype=np.float32),
        width=0.62,
        marker={"color": theme.LIGHT.band, "line": {"width": 0}},
        hovertext=[
            f"<b>{literal(row.area)}</b><br>middle half: {percent(row.q1)} to {percent(row.q3)}<br>"
            f"median {percent(row.median)} of {counted(row.cities, noun_plural, noun_plural)}"
            for row in areas.itertuples()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _others(data: pd.DataFrame, place: pd.Series, noun_plural: str) -> go.Scatter:
    kept = pd.concat([_thinned(part) for _, part in data.groupby("area_id", sort=False)]) if len(data) else data
    y = place.loc[kept["area_id"]].to_numpy(np.float32) + _jitter(len(kept))
    return go.Scatter(
        x=kept["share"].to_numpy(np.float32),
        y=y,
        mode="markers",
        name=f"the other {literal(noun_plural)}",
        marker={"color": theme.LIGHT.faint, "size": 5, "line": {"width": 0}},
        opacity=0.55,
        customdata=kept["city_id"].to_numpy(object),
        text=[f"{literal(row.name)}: {count_of(row.met, row.asked)}" for row in kept.itertuples(index=False)],
        hovertemplate="%{text}<extra></extra>",
    )


def _thinned(part: pd.DataFrame) -> pd.DataFrame:
    """At most MOST_DOTS rows, evenly by rank: both ends stay."""
    if len(part) <= MOST_DOTS:
        return part
    ranks = np.linspace(0, len(part) - 1, MOST_DOTS).round().astype(np.intp)
    return part.sort_values(["share", "city_id"]).iloc[ranks]


def _jitter(count: int) -> NDArray[np.float32]:
    """Offsets that look random and are the same every time."""
    return (((np.arange(count) * _GOLDEN) % 1 - 0.5) * 0.5).astype(np.float32)


def _medians(areas: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=areas["median"].to_numpy(np.float32),
        y=np.arange(len(areas), dtype=np.float32),
        mode="markers",
        name="median",
        marker={"symbol": "line-ns", "size": 24, "line": {"color": theme.LIGHT.ink, "width": 2.5}},
        hoverinfo="skip",
    )


def _city(own: pd.DataFrame, place: pd.Series, focus: str) -> go.Scatter:
    return go.Scatter(
        x=own["share"].to_numpy(np.float32),
        y=place.loc[own["area_id"]].to_numpy(np.float32),
        yaxis="y2",
        mode="markers",
        name=elided(focus, 30),
        marker={
            "symbol": "diamond",
            "size": 15,
            "color": theme.LIGHT.primary,
            "line": {"color": theme.LIGHT.background, "width": 2},
        },
        customdata=own["city_id"].to_numpy(object),
        text=[
            f"<b>{literal(focus)}</b><br>{literal(row.area)}<br>{share_of(row.met, row.asked)} criteria met"
            for row in own.itertuples()
        ],
        hovertemplate="%{text}<extra></extra>",
    )


def change_bars(data: pd.DataFrame, *, noun_plural: str = "cities") -> go.Figure:
    """Change of the share met in each area: bars for the cities in both cycles, a hollow dot for the whole cohort.

    `data`: one row per practice area: area_id, area, panel (number of cities in both cycles), panel_change and
    cohort_change (−1..1, NaN = nothing to compare). Click gives area_id as customdata.
    """
    panel, cohort = (data[name].to_numpy(np.float32) for name in ("panel_change", "cohort_change"))
    figure = go.Figure(layout=_change_layout(data, panel, cohort))
    for on, up in ((panel >= 0, True), (panel < 0, False)):
        if on.any():
            figure.add_trace(_change(data, on, up, noun_plural))
    figure.add_trace(_cohort_change(data, cohort))
    return figure


def _change_layout(data: pd.DataFrame, panel: NDArray[np.float32], cohort: NDArray[np.float32]) -> go.Layout:
    both = np.concatenate([panel, cohort, np.array([0.05], np.float32)])
    most = float(np.nanmax(np.abs(both))) * 1.55
    wide, narrow = [elided(area, 30) for area in data["area"]], [elided(area, 6) for area in data["area_id"]]
    return go.Layout(
        template=theme.template(),
        height=34 * len(data) + 72,
        bargap=0.4,
        barmode="overlay",
        margin={"l": width_of(wide), "r": 12, "t": 36, "b": 30, "pad": 0},
        legend={"x": 0, "xref": "container", "y": 1, "yref": "container", "yanchor": "top"},
        xaxis={"range": [-most, most], "zeroline": True, "zerolinecolor": theme.LIGHT.faint, "zerolinewidth": 1.5}
        | _points_axis(most),
        yaxis={
            "tickmode": "array",
            "tickvals": np.arange(len(data), dtype=np.float32),
            "ticktext": wide,
            "range": [len(data) - 0.4, -0.6],
            "showgrid": False,
            "ticklabelstandoff": 8,
            "tickfont": {"color": theme.LIGHT.ink, "size": 13},
        },
        meta={
            "click": True,
            "across": "rows",
            "narrow": {"margin": {"l": width_of([*narrow, "MMMM"])}, "yaxis": {"ticktext": narrow}},
        },
    )


def _points_axis(most: float) -> dict[str, Any]:
    steps = (2, 5, 10, 20, 50)
    step = next((step for step in steps if most * 100 <= step * TICKS), steps[-1])
    ticks = np.arange(-100, 101, step)
    return {
        "tickvals": ticks / 100,
        "ticktext": [f"{tick:+d}".replace("-", "−") if tick else "0" for tick in ticks],
    } | {"title": {"text": "percentage points"}}


def _change(data: pd.DataFrame, on: NDArray[np.bool_], up: bool, noun_plural: str) -> go.Bar:
    part, colour = data[on], theme.LIGHT.up if up else theme.LIGHT.down
    words = [signed_points(float(value)) for value in part["panel_change"]]
    same = [f"the same {counted(panel, noun_plural, noun_plural)} in both cycles" for panel in part["panel"]]
    return go.Bar(
        orientation="h",
        name="▲ up" if up else "▼ down",
        x=part["panel_change"].to_numpy(np.float32),
        y=np.flatnonzero(on).astype(np.float32),
        marker={"color": colour, "line": {"width": 0}},
        text=words,
        textposition="outside",
        cliponaxis=False,
        textfont={"color": colour, "size": theme.SMALL},
        customdata=part["area_id"].to_numpy(object),
        hovertext=[
            f"<b>{literal(area)}</b><br>{word}<br>{literal(cities)}"
            for area, word, cities in zip(part["area"], words, same, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _cohort_change(data: pd.DataFrame, change: NDArray[np.float32]) -> go.Scatter:
    return go.Scatter(
        x=change,
        y=np.arange(len(data), dtype=np.float32),
        mode="markers",
        name="whole cohort, other cities included",
        marker={"color": theme.LIGHT.background, "size": 10, "line": {"color": theme.LIGHT.ink, "width": 1.5}},
        customdata=data["area_id"].to_numpy(object),
        text=[
            f"<b>{literal(area)}</b><br>whole cohort: {signed_points(float(value))}"
            for area, value in zip(data["area"], change, strict=True)
        ],
        hovertemplate="%{text}<extra></extra>",
    )
