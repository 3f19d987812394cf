"""Criteria and cities on one scale of difficulty (a person–item map)."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Figure, Trace, figure, scatter
from lib.charts.key import Entry, with_key
from lib.charts.labels import elided, literal
from lib.charts.rows import FULL, WIDE, row_layout, with_numbers
from lib.words import half_up

SURE = 1.96
FITS = (0.7, 1.3)
"""Infit from here to there counts as fitting (Wright and Linacre 1994, for surveys 0.6 to 1.4)."""
_ROW, _BAND = 22, 2.2
_GOLDEN = 0.6180339887


def difficulty_map(data: pd.DataFrame, *, noun_plural: str, focus: tuple[str, float] | None = None) -> Figure:
    """Each criterion as a dot with its interval, the easiest first, under the cities as a band of dots.

    `data`: one row per criterion with a place (kind 'criterion', in order): id, short_name, place, error, infit; and
    one per city (kind 'city'): place. Places are in logits. `focus`: a city's name and place. Hollow dots do not fit
    the order. Click gives the criterion's id as customdata.
    """
    criteria = data[data["kind"] == "criterion"]
    cities = data.loc[data["kind"] == "city", "place"].dropna().to_numpy(np.float32)
    at = (np.arange(len(criteria)) + _BAND).astype(np.float32)
    rows = np.concatenate([np.array([0.4], np.float32), at])
    wide, full = (
        [f"<b>{literal(noun_plural)}</b>", *(elided(f"{r.id} {r.short_name}", most) for r in criteria.itertuples())]
        for most in (WIDE, FULL)
    )
    narrow = [f"<b>{elided(noun_plural, 9)}</b>", *(literal(id_) for id_ in criteria["id"])]
    layout = row_layout(rows, wide, narrow, row_height=_ROW, xaxis=_axis(criteria, cities), full=full)
    fits = [f"{half_up(infit, 2):.2f}" for infit in criteria["infit"]]
    layout = with_numbers(layout, rows, ["infit", *fits])
    if focus:
        layout["shapes"] = [_focus_line(focus[1])]
    traces = [_cities(cities), _intervals(criteria, at), _dots(criteria, at)]
    return figure(traces, with_key(layout, _entries(criteria, focus, noun_plural)))


def fitting(criteria: pd.DataFrame) -> "pd.Series[bool]":
    """Which criteria follow the order well enough."""
    return criteria["infit"].between(*FITS)


def _axis(criteria: pd.DataFrame, cities: NDArray[np.float32]) -> dict[str, Any]:
    low = criteria["place"] - SURE * criteria["error"]
    high = criteria["place"] + SURE * criteria["error"]
    ends = [min(low.min(), cities.min(initial=0)) - 0.2, max(high.max(), cities.max(initial=0)) + 0.2]
    title = {"text": "easier ← logits → harder; 0 is the middle of the cohort"}
    return {"range": [float(end) for end in ends], "title": title, "zeroline": True, "zerolinecolor": theme.LIGHT.faint}


def _focus_line(place: float) -> dict[str, Any]:
    line = {"color": theme.LIGHT.primary, "width": 2, "dash": "dot"}
    return {"type": "line", "x0": place, "x1": place, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _entries(criteria: pd.DataFrame, focus: tuple[str, float] | None, noun_plural: str) -> list[Entry]:
    look = theme.LIGHT
    entries = [
        Entry(f"the {literal(noun_plural)}", "circle", look.faint),
        Entry("criterion", "circle", look.primary),
        Entry("95 % interval", "line", look.faint),
    ]
    if not fitting(criteria).all():
        entries.append(Entry("does not fit the order", "circle", look.background, look.primary))
    if focus:
        entries.append(Entry(elided(focus[0], 30), "tick", look.primary))
    return entries


def _cities(places: NDArray[np.float32]) -> Trace:
    spread = ((np.arange(len(places)) * _GOLDEN) % 1 - 0.5) * 1.6
    return scatter(
        x=places,
        y=(0.4 + spread).astype(np.float32),
        yaxis="y2",
        mode="markers",
        marker={"color": theme.LIGHT.muted, "size": 5, "line": {"width": 0}},
        opacity=0.45,
        hoverinfo="skip",
    )


def _intervals(criteria: pd.DataFrame, at: NDArray[np.float32]) -> Trace:
    place, error = (criteria[name].to_numpy(np.float32) for name in ("place", "error"))
    ends = [place - SURE * error, place + SURE * error, np.full_like(place, np.nan)]
    return scatter(
        x=np.stack(ends, axis=-1).ravel().astype(np.float32),
        y=np.repeat(at, 3),
        mode="lines",
        line={"color": theme.LIGHT.groups[0], "width": 3},
        opacity=0.35,
        hoverinfo="skip",
    )


def _dots(criteria: pd.DataFrame, at: NDArray[np.float32]) -> Trace:
    fill = np.where(fitting(criteria), theme.LIGHT.primary, theme.LIGHT.background).tolist()
    return scatter(
        x=criteria["place"].to_numpy(np.float32),
        y=at,
        mode="markers",
        marker={"color": fill, "size": 9, "line": {"color": theme.LIGHT.primary, "width": 1.5}},
        customdata=criteria["id"].to_numpy(object),
        text=[
            f"<b>{literal(row.id)} {literal(row.short_name)}</b><br>difficulty {half_up(row.place, 2):.2f} logits "
            f"({half_up(row.place - SURE * row.error, 2):.2f} to {half_up(row.place + SURE * row.error, 2):.2f})<br>"
            f"infit {half_up(row.infit, 2):.2f}, outfit {half_up(row.outfit, 2):.2f}"
            for row in criteria.itertuples()
        ],
        hovertemplate="%{text}<extra></extra>",
    )
