"""One city beside a few others, area by area."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Figure, Trace, figure, scatter
from lib.charts.key import Entry, with_key
from lib.charts.labels import elided, literal
from lib.charts.rows import percent_axis, row_layout, with_numbers
from lib.words import count_of, percent

Floats = NDArray[np.float32]

MOST_COMPARED = 4
_SIGNS = ("circle", "square", "triangle-up", "circle")
_STEP = 12
"""Pixels that marks stand below one another which would cover one another."""
_ROW = 40
_APART = 0.04
"""Shares further apart than this stand beside one another."""


def compared_areas(data: pd.DataFrame, *, focus: str) -> Figure:
    """The share of criteria met in each practice area: the city as a diamond, each other with a sign of its own.

    `data`: one row per area × who: area_id, area, who (an id; `focus` is the city's), name, met, asked, share (0..1,
    NaN = not known). At most MOST_COMPARED others. Click gives `who` as customdata.
    """
    areas = data.drop_duplicates("area_id").reset_index(drop=True)
    place = pd.Index(areas["area_id"]).get_indexer(data["area_id"]).astype(np.float32)
    others = [who for who in data["who"].unique() if who != focus][:MOST_COMPARED]
    lanes = _lanes(data, place, [focus, *others])
    height = max(_ROW, round(_STEP * (2 * float(lanes.max(initial=0)) + 1.5)))
    at = (place + lanes * _STEP / height).astype(np.float32)
    traces = [_marks(data, at, who, turn) for turn, who in enumerate(others)]
    traces.append(_marks(data, at, focus, None))
    return figure(traces, _layout(areas, data, others, focus, height))


def _lanes(data: pd.DataFrame, place: Floats, order: list[str]) -> Floats:
    """How many marks each stands below the middle of its row: equal shares below one another, as in the key."""
    turn, share = pd.Index(order).get_indexer(data["who"]), data["share"].to_numpy(np.float64)
    lanes = np.zeros(len(data), np.float32)
    rows = np.flatnonzero(~np.isnan(share) & (turn >= 0))
    rows = rows[np.lexsort((share[rows], place[rows]))]
    apart = (np.diff(share[rows]) > _APART) | (np.diff(place[rows]) > 0)
    for together in np.split(rows, np.flatnonzero(apart) + 1):
        listed = together[np.argsort(turn[together])]
        lanes[listed] = np.arange(len(listed)) - (len(listed) - 1) / 2
    return lanes


def _look(turn: int | None) -> tuple[str, str, str]:
    """Sign, fill and edge."""
    if turn is None:
        return "diamond", theme.LIGHT.primary, theme.LIGHT.background
    if turn == MOST_COMPARED - 1:
        return _SIGNS[turn], theme.LIGHT.background, theme.LIGHT.muted
    return _SIGNS[turn], theme.LIGHT.groups[turn + 1], theme.LIGHT.background


def _marks(data: pd.DataFrame, at: Floats, who: str, turn: int | None) -> Trace:
    mine = ((data["who"] == who) & data["share"].notna()).to_numpy(bool)
    shown, (sign, fill, edge) = data[mine], _look(turn)
    columns = (shown[column].tolist() for column in ("name", "area", "met", "asked", "share"))
    return scatter(
        x=shown["share"].to_numpy(np.float32),
        y=at[mine],
        mode="markers",
        yaxis="y2" if turn is None else "y",
        marker={
            "symbol": sign,
            "size": 13 if turn is None else 10,
            "color": fill,
            "line": {"color": edge, "width": 1.5},
        },
        customdata=shown["who"].to_numpy(object),
        text=[
            f"<b>{literal(name)}</b><br>{literal(area)}<br>{count_of(met, asked)} ({percent(share)})"
            for name, area, met, asked, share in zip(*columns, strict=True)
        ],
        hovertemplate="%{text}<extra></extra>",
    )


def _layout(areas: pd.DataFrame, data: pd.DataFrame, others: list[str], focus: str, height: int) -> dict[str, Any]:
    at = np.arange(len(areas), dtype=np.float32)
    wide, narrow = [elided(name, 40) for name in areas["area"]], [elided(name, 12) for name in areas["area_id"]]
    layout = row_layout(at, wide, narrow, row_height=height, xaxis=percent_axis())
    counts = data[data["who"] == focus].set_index("area_id").reindex(areas["area_id"])
    texts = ["–" if pd.isna(row.share) else count_of(row.met, row.asked) for row in counts.itertuples()]
    names = data.drop_duplicates("who").set_index("who")["name"]
    keyed = [(focus, None), *((who, turn) for turn, who in enumerate(others))]
    entries = [Entry(elided(names[who], 40), *_look(turn)) for who, turn in keyed]
    return with_key(with_numbers(layout, at, texts), entries)
