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
from lib.words import count_of, counted, number, percent, share_of

Places = NDArray[np.intp]

MOST_DOTS = 300
"""More cities than this are shown by this many, evenly chosen by rank, so that the shape stays."""
_GOLDEN = 0.6180339887


def area_strip(data: pd.DataFrame, *, focus: str, noun_plural: str = "cities") -> Figure:
    """One city among the cohort: the middle half as a band, the median as a tick, the city as a diamond.

    `data`: one row per practice area × city: area_id, area, city_id, name, share (0..1, NaN = not assessed), met,
    asked, is_focus, and per area q1, median, q3, cities. `focus` is the city's name. Click gives city_id as customdata.
    """
    areas = data.drop_duplicates("area_id").reset_index(drop=True)
    at = pd.Index(areas["area_id"]).get_indexer(data["area_id"])
    mine, answered = data["is_focus"].to_numpy(bool), data["share"].notna().to_numpy()
    others, own = _kept(at, data["share"].to_numpy(), ~mine & answered), np.flatnonzero(mine)
    traces = [
        _band(areas, noun_plural),
        _others(data.iloc[others], at[others]),
        _medians(areas),
        _city(data[mine & answered], at[mine & answered], focus),
    ]
    return figure(traces, _layout(areas, _own_counts(data.iloc[own], at[own], len(areas)), focus, noun_plural))


def _own_counts(own: pd.DataFrame, at: Places, areas: int) -> list[str]:
    """The city's count in each area."""
    told = zip(at.tolist(), own["share"].notna(), own["met"].tolist(), own["asked"].tolist(), strict=True)
    counts = {place: count_of(met, asked) for place, known, met, asked in told if known}
    return [counts.get(place, "not assessed") for place in range(areas)]


def _layout(areas: pd.DataFrame, counts: list[str], focus: str, noun_plural: str) -> dict[str, Any]:
    at = np.arange(len(areas), dtype=np.float32)
    wide, narrow = [elided(area, 30) for area in areas["area"]], [elided(area, 6) for area in areas["area_id"]]
    layout = row_layout(at, wide, narrow, row_height=42, xaxis=percent_axis())
    look = theme.LIGHT
    many = f"{number(areas['cities'].max())} {literal(noun_plural)}"
    middle = [Entry(f"median of {many}", "tick", look.ink), Entry("their middle half", "square", look.band)]
    entries = [
        Entry(elided(focus, 30), "diamond", look.primary),
        *(middle if areas["median"].notna().any() else []),
        Entry(f"one of the {literal(noun_plural)}", "circle", look.faint),
    ]
    return with_key(with_numbers(layout, at, counts), entries)


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
            f"<b>{literal(area)}</b><br>middle half: {percent(low)} to {percent(high)}<br>"
            f"median {percent(median)} of {literal(counted(cities, noun_plural, noun_plural))}"
            for area, low, median, high, cities in zip(
                *(areas[name].tolist() for name in ("area", "q1", "median", "q3", "cities")), strict=True
            )
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _others(data: pd.DataFrame, at: Places) -> Trace:
    return scatter(
        x=data["share"].to_numpy(np.float32),
        y=at.astype(np.float32) + _jitter(len(data)),
        mode="markers",
        marker={"color": theme.LIGHT.muted, "size": 5, "line": {"width": 0}},
        opacity=0.45,
        customdata=data["city_id"].to_numpy(object),
        text=[
            f"{literal(name)}: {count_of(met, asked)}"
            for name, met, asked in zip(*(data[name].tolist() for name in ("name", "met", "asked")), strict=True)
        ],
        hovertemplate="%{text}<extra></extra>",
    )


def _kept(at: Places, shares: NDArray[np.float64], shown: NDArray[np.bool_]) -> Places:
    """Rows of those shown, at most MOST_DOTS in each area, evenly by rank: both ends stay."""
    rows = np.flatnonzero(shown)
    if len(rows) <= MOST_DOTS:
        return rows
    parts = (rows[at[rows] == place] for place in dict.fromkeys(at[rows].tolist()))
    return np.concatenate([_thinned(part, shares) for part in parts])


def _thinned(rows: Places, shares: NDArray[np.float64]) -> Places:
    if len(rows) <= MOST_DOTS:
        return rows
    ranks = np.linspace(0, len(rows) - 1, MOST_DOTS).round().astype(np.intp)
    return rows[np.argsort(shares[rows], kind="stable")][ranks]


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


def _city(own: pd.DataFrame, at: Places, focus: str) -> Trace:
    return scatter(
        x=own["share"].to_numpy(np.float32),
        y=at.astype(np.float32),
        yaxis="y2",
        mode="markers",
        marker={"symbol": "diamond", "size": 15, "color": theme.LIGHT.primary}
        | {"line": {"color": theme.LIGHT.background, "width": 2}},
        customdata=own["city_id"].to_numpy(object),
        text=[
            f"<b>{literal(focus)}</b><br>{literal(area)}<br>{share_of(met, asked)} criteria met"
            for area, met, asked in zip(*(own[name].tolist() for name in ("area", "met", "asked")), strict=True)
        ],
        hovertemplate="%{text}<extra></extra>",
    )
