"""Who moved from which level to which: a band for each way that cities took, as wide as there are cities in it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Figure, Trace, figure, scatter
from lib.charts.hover import HOVERTEXT, hovers
from lib.charts.key import Entry, with_key
from lib.charts.labels import elided, literal, width_of
from lib.charts.rows import LABEL
from lib.words import number

ABSENT = -1
"""The rung of cities that are in one of the two cycles only."""

BANDS, GAP = 400, 20
"""Pixels for all bands together, and between the blocks of a column, so that their labels never touch."""
BLOCK = 0.025
"""Half the width of a block, of 1 from column to column."""
_ALONG: NDArray[np.float64] = np.linspace(0, 1, 25)
_CURVE = _ALONG * _ALONG * (3 - 2 * _ALONG)
_LOOK = theme.LIGHT
_WAYS = {"other": _LOOK.hatch, "same": _LOOK.muted, "up": _LOOK.up, "down": _LOOK.down}
_OPACITY = {"other": 0.5, "same": 0.35, "up": 0.55, "down": 0.6}


class _Rung(NamedTuple):
    """One step of the ladder: its label and the colour of its block."""

    label: str
    colour: str


def transitions(
    data: pd.DataFrame,
    *,
    rungs: Sequence[str],
    levelled: bool,
    absent: tuple[str, str],
    cycles: tuple[str, str],
    chosen: str = "",
) -> Figure:
    """Cities by rung in the cycle before (left) and now (right), joined by bands.

    `data`: one row per way taken: flow (id), start, end (place in `rungs`, lowest first, or ABSENT), cities, hover.
    `levelled`: the rungs are levels, the lowest of them none, and have their colours. `absent`: labels for those
    missing at the left and at the right; `cycles`: the columns' headings. The band `chosen` is outlined. Click gives
    the flow's id as customdata.
    """
    unit = BANDS / max(int(data["cities"].sum()), 1)
    top = len(rungs) - 1
    placed = data.assign(left=_order(data["start"], top), right=_order(data["end"], top))
    left, right = _column(placed, "left", "right", unit), _column(placed, "right", "left", unit)
    bands = placed.assign(from_y=left.starts, to_y=right.starts, thick=placed["cities"] * unit)
    ways = [_bands(bands[_way(bands) == way], colour, way) for way, colour in _WAYS.items()]
    outline = _outline(bands[bands["flow"] == chosen])
    steps = [_Rung(label, _colour(place, levelled)) for place, label in enumerate(rungs)]
    layout = _layout((left.blocks, right.blocks), steps, absent, cycles)
    return figure([*ways, outline, _targets(bands), _counts(bands)], layout)


def _colour(place: int, levelled: bool) -> str:
    """The colours of levels mean levels and nothing else: other rungs have tints of maturity."""
    return theme.level_colour(place)[0] if levelled else _LOOK.maturity[min(place, len(_LOOK.maturity) - 1)]


class _Block(NamedTuple):
    """One rung of a column: its place from the top, first and last pixel, and its cities."""

    order: int
    high: float
    low: float
    cities: int


class _Column(NamedTuple):
    starts: pd.Series  # first pixel of each band, by the index of the flows
    blocks: list[_Block]


def _order(rung: pd.Series, top: int) -> pd.Series:
    """Places from the top: the highest rung first, the absent last."""
    return (top - rung).where(rung != ABSENT, top + 1)


def _column(data: pd.DataFrame, near: str, far: str, unit: float) -> _Column:
    ordered = data.sort_values([near, far])
    heights = ordered["cities"] * unit
    rank = ordered[near].rank(method="dense") - 1
    starts = heights.cumsum() - heights + rank * GAP
    blocks = [
        _Block(
            int(order),
            float(starts[part.index[0]]),
            float((starts + heights)[part.index[-1]]),
            int(part["cities"].sum()),
        )
        for order, part in ordered.groupby(near)
    ]
    return _Column(starts, blocks)


def _way(data: pd.DataFrame) -> NDArray[np.str_]:
    start, end = data["start"].to_numpy(), data["end"].to_numpy()
    moved = np.select([end > start, end < start], ["up", "down"], "same")
    return np.where((start == ABSENT) | (end == ABSENT), "other", moved)


def _edges(band: Any) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:  # noqa: ANN401
    """Places along a band, and the pixels of its upper and lower edge."""
    x = BLOCK + _ALONG * (1 - 2 * BLOCK)
    upper = band.from_y + (band.to_y - band.from_y) * _CURVE
    return x, upper, upper + band.thick


def _polygons(bands: pd.DataFrame) -> dict[str, NDArray[np.float64]]:
    """The outlines of bands, one after the other, with a gap between them."""
    xs, ys = [np.empty(0)], [np.empty(0)]
    for band in bands.itertuples():
        x, upper, lower = _edges(band)
        xs += [x, x[::-1], x[:1], np.array([np.nan])]
        ys += [upper, lower[::-1], upper[:1], np.array([np.nan])]
    return {"x": np.concatenate(xs), "y": np.concatenate(ys)}


def _bands(bands: pd.DataFrame, colour: str, way: str) -> Trace:
    line = {"color": _LOOK.background, "width": 1}
    look = {"fill": "toself", "fillcolor": colour, "opacity": _OPACITY[way], "line": line}
    return scatter(**_polygons(bands), mode="lines", hoverinfo="skip", **look)


def _outline(bands: pd.DataFrame) -> Trace:
    return scatter(**_polygons(bands), mode="lines", hoverinfo="skip", line={"color": _LOOK.ink, "width": 1.5})


def _targets(bands: pd.DataFrame) -> Trace:
    """Unseen points along the bands, so that a band can be chosen anywhere; the keyboard visits the counts instead."""
    places = np.arange(2, 25, 2)
    middles = [edges[1][places] + band.thick / 2 for band in bands.itertuples() for edges in [_edges(band)]]
    return scatter(
        x=np.tile(BLOCK + _ALONG[places] * (1 - 2 * BLOCK), len(bands)),
        y=np.concatenate([np.empty(0), *middles]),
        mode="markers",
        marker={"opacity": 0, "size": np.repeat(np.clip(bands["thick"].to_numpy(np.float64), 5, 45), len(places))},
        customdata=np.repeat(bands["flow"].to_numpy(object), len(places)),
        hovertext=np.repeat(hovers(bands["hover"]), len(places)),
        hovertemplate=HOVERTEXT,
        meta={"target": True},
    )


def _counts(bands: pd.DataFrame) -> Trace:
    """The number of cities at the start of each band, where there is room for it."""
    signs = {"up": "▲ ", "down": "▼ "}
    words = [
        f"{signs.get(way, '')}{number(band.cities)}" if band.thick >= 11 else ""  # noqa: PLR2004  (the type's height)
        for way, band in zip(_way(bands), bands.itertuples(), strict=True)
    ]
    return scatter(
        x=np.full(len(bands), BLOCK + 0.02),
        y=(bands["from_y"] + bands["thick"] / 2).to_numpy(np.float64),
        yaxis="y2",
        mode="text",
        text=np.array(words, object),
        textposition="middle right",
        textfont={"size": theme.SMALL, "color": _LOOK.ink},
        customdata=bands["flow"].to_numpy(object),
        hovertext=hovers(bands["hover"]),
        hovertemplate=HOVERTEXT,
    )


def _layout(
    columns: tuple[list[_Block], list[_Block]], rungs: Sequence[_Rung], absent: tuple[str, str], cycles: tuple[str, str]
) -> dict[str, Any]:
    ladders = [dict(enumerate(reversed(rungs))) | {len(rungs): _Rung(words, _LOOK.hatch)} for words in absent]
    sides = [_side(blocks, ladder, 24) for blocks, ladder in zip(columns, ladders, strict=True)]
    slim = [_side(blocks, ladder, 12) for blocks, ladder in zip(columns, ladders, strict=True)]
    last = max(block.low for blocks in columns for block in blocks)
    span = {"range": [last + 6, -6], "showgrid": False}
    margins = [
        {"l": width_of(pair[0]["ticktext"], LABEL), "r": width_of(pair[1]["ticktext"], LABEL)} for pair in (sides, slim)
    ]
    layout = {
        "height": round(last) + 12 + 34,
        "margin": {**margins[0], "t": 30, "b": 4, "pad": 0},
        "xaxis": {
            **{
                "range": [-BLOCK, 1 + BLOCK],
                "tickvals": [0, 1],
                "ticktext": [f"<b>{literal(cycle)}</b>" for cycle in cycles],
            },
            **{"side": "top", "showgrid": False, "tickfont": {"color": _LOOK.ink, "size": theme.NORMAL}},
        },
        "yaxis": sides[0] | span,
        "yaxis2": sides[1] | span | {"overlaying": "y", "side": "right", "matches": "y"},
        "shapes": [
            shape
            for x, blocks, ladder in zip((0, 1), columns, ladders, strict=True)
            for shape in _blocks(x, blocks, ladder)
        ],
        "meta": {
            "click": True,
            "narrow": {
                "margin": margins[1],
                "yaxis": {"ticktext": slim[0]["ticktext"]},
                "yaxis2": {"ticktext": slim[1]["ticktext"]},
            },
        },
    }
    entries = [
        Entry("▲ up", "square", _LOOK.up),
        Entry("▼ down", "square", _LOOK.down),
        Entry("stayed", "square", _LOOK.muted),
        Entry("in one cycle only", "square", _LOOK.hatch),
    ]
    return with_key(layout, entries)


def _side(blocks: Sequence[_Block], ladder: Mapping[int, _Rung], most: int) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": [(block.high + block.low) / 2 for block in blocks],
        "ticktext": [f"{elided(ladder[block.order].label, most)} · {number(block.cities)}" for block in blocks],
        "tickfont": {"color": _LOOK.ink, "size": LABEL},
        "ticklabelstandoff": 8,
    }


def _blocks(x: int, blocks: Sequence[_Block], ladder: Mapping[int, _Rung]) -> list[dict[str, Any]]:
    return [
        {
            **{
                "type": "rect",
                "x0": x - BLOCK,
                "x1": x + BLOCK,
                "y0": block.high,
                "y1": max(block.low, block.high + 1),
            },
            **{"fillcolor": ladder[block.order].colour, "line": {"width": 0}, "layer": "above"},
        }
        for block in blocks
    ]
