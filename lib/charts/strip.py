"""One city among its cohort, area by area."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Figure, Trace, bar, figure, scatter
from lib.charts.key import Entry, with_key
from lib.charts.labels import elided, literal
from lib.charts.rows import percent_axis, row_layout, with_numbers
from lib.words import count_of, counted, percent, share_of

MOST_DOTS = 300
"""More cities than this are shown by this many, evenly chosen by rank, so that the shape stays."""
_GOLDEN = 0.6180339887


def area_strip(data: pd.DataFrame, *, focus: str, noun_plural: str = "cities") -> Figure:
    """One city among the cohort: the middle half as a band, the median as a tick, the city as a diamond.

    `data`: one row per practice area × city: area_id, area, city_id, name, share (0..1, NaN = not assessed), met,
    asked, is_focus, and per area q1, median, q3, cities. `focus` is the city's name. Click gives city_id as customdata.
    """
    areas = data.drop_duplicates("area_id").reset_index(drop=True)
    placed = data.assign(y=pd.Index(areas["area_id"]).get_indexer(data["area_id"]).astype(np.float32))
    mine = placed["is_focus"].to_numpy(bool)
    answered = placed["share"].notna()
    traces = [
        _band(areas, noun_plural),
        _others(placed[~mine & answered]),
        _medians(areas),
        _city(placed[mine & answered], focus),
    ]
    return figure(traces, _layout(areas, placed[mine], focus, noun_plural))


def _layout(areas: pd.DataFrame, own: pd.DataFrame, focus: str, noun_plural: str) -> dict[str, Any]:
    at = np.arange(len(areas), dtype=np.float32)
    wide, narrow = [elided(area, 30) for area in areas["area"]], [elided(area, 6) for area in areas["area_id"]]
    layout = row_layout(at, wide, narrow, row_height=42, xaxis=percent_axis())
    counts = own.drop_duplicates("area_id").set_index("area_id").reindex(areas["area_id"])
    texts = [count_of(row.met, row.asked) if row.share >= 0 else "not assessed" for row in counts.itertuples()]
    look = theme.LIGHT
    entries = [
        Entry(elided(focus, 30), "diamond", look.primary),
        Entry("median", "tick", look.ink),
        Entry(f"middle half of the {literal(noun_plural)}", "square", look.band),
        Entry(f"each of the {literal(noun_plural)}", "circle", look.faint),
    ]
    return with_key(with_numbers(layout, at, texts), entries)


def _band(areas: pd.DataFrame, noun_plural: str) -> Trace:
    q1, q3 = (areas[name].to_numpy(np.float32) for name in ("q1", "q3"))
    return bar(
        orientation="h",
        base=q1,
        x=np.maximum(q3 - q1, np.float32(0.006)),
        y=np.arange(len(areas), dtype=np.float32),
        width=0.62,
        marker={"color": theme.LIGHT.band, "line": {"width": 0}},
        hovertext=[
            f"<b>{literal(row.area)}</b><br>middle half: {percent(row.q1)} to {percent(row.q3)}<br>"
            f"median {percent(row.median)} of {literal(counted(row.cities, noun_plural, noun_plural))}"
            for row in areas.itertuples()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _others(data: pd.DataFrame) -> Trace:
    kept = pd.concat([_thinned(part) for _, part in data.groupby("y", sort=False)]) if len(data) else data
    return scatter(
        x=kept["share"].to_numpy(np.float32),
        y=kept["y"].to_numpy(np.float32) + _jitter(len(kept)),
        mode="markers",
        marker={"color": theme.LIGHT.muted, "size": 5, "line": {"width": 0}},
        opacity=0.45,
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
    return (((np.arange(count) * _GOLDEN) % 1 - 0.5) * 0.6).astype(np.float32)


def _medians(areas: pd.DataFrame) -> Trace:
    return scatter(
        x=areas["median"].to_numpy(np.float32),
        y=np.arange(len(areas), dtype=np.float32),
        mode="markers",
        marker={"symbol": "line-ns", "size": 24, "line": {"color": theme.LIGHT.ink, "width": 2.5}},
        hoverinfo="skip",
    )


def _city(own: pd.DataFrame, focus: str) -> Trace:
    return scatter(
        x=own["share"].to_numpy(np.float32),
        y=own["y"].to_numpy(np.float32),
        yaxis="y2",
        mode="markers",
        marker={"symbol": "diamond", "size": 15, "color": theme.LIGHT.primary}
        | {"line": {"color": theme.LIGHT.background, "width": 2}},
        customdata=own["city_id"].to_numpy(object),
        text=[
            f"<b>{literal(focus)}</b><br>{literal(row.area)}<br>{share_of(row.met, row.asked)} criteria met"
            for row in own.itertuples()
        ],
        hovertemplate="%{text}<extra></extra>",
    )
