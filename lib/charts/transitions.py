"""Who moved from which level to which: a band for each way that cities took, as wide as there are cities in it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.bands import BANDS, Band, Block, column_of, order_of, way_of
from lib.charts.figure import Figure, Trace, figure, scatter
from lib.charts.hover import HOVERTEXT, hovers
from lib.charts.key import Entry, with_key
from lib.charts.labels import elided, literal, width_of
from lib.charts.rows import LABEL
from lib.words import number

BLOCK = 0.025
"""Half the width of a block, of 1 from column to column."""
TALL = 11
"""Pixels a band needs to carry its number."""
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
    top = len(rungs) - 1
    unit = BANDS / max(sum(data["cities"].to_list()), 1)
    ways = list(data[["flow", "start", "end", "cities", "hover"]].itertuples(index=False, name=None))
    sides = [[(order_of(way[at], top), order_of(way[3 - at], top)) for way in ways] for at in (1, 2)]
    counts = [way[3] for way in ways]
    left, right = (column_of(places, counts, unit) for places in sides)
    bands = [
        Band(flow, way_of(start, end), cities, hover, left.starts[n], right.starts[n], cities * unit)
        for n, (flow, start, end, cities, hover) in enumerate(ways)
    ]
    drawn = [_bands([band for band in bands if band.way == way], colour, way) for way, colour in _WAYS.items()]
    outline = _outline([band for band in bands if band.flow == chosen])
    steps = [_Rung(label, _colour(place, levelled)) for place, label in enumerate(rungs)]
    layout = _layout((left.blocks, right.blocks), steps, absent, cycles)
    return figure([*drawn, outline, _targets(bands), _counts(bands)], layout)


def _colour(place: int, levelled: bool) -> str:
    """The colours of levels mean levels and nothing else: other rungs have tints of maturity."""
    return theme.level_colour(place)[0] if levelled else _LOOK.maturity[min(place, len(_LOOK.maturity) - 1)]


def _edges(band: Band) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Places along a band, and the pixels of its upper and lower edge."""
    x = BLOCK + _ALONG * (1 - 2 * BLOCK)
    upper = band.from_y + (band.to_y - band.from_y) * _CURVE
    return x, upper, upper + band.thick


def _polygons(bands: Sequence[Band]) -> dict[str, NDArray[np.float64]]:
    """The outlines of bands, one after the other, with a gap between them."""
    xs, ys = [np.empty(0)], [np.empty(0)]
    for band in bands:
        x, upper, lower = _edges(band)
        xs += [x, x[::-1], x[:1], np.array([np.nan])]
        ys += [upper, lower[::-1], upper[:1], np.array([np.nan])]
    return {"x": np.concatenate(xs), "y": np.concatenate(ys)}


def _bands(bands: Sequence[Band], colour: str, way: str) -> Trace:
    line = {"color": _LOOK.background, "width": 1}
    look = {"fill": "toself", "fillcolor": colour, "opacity": _OPACITY[way], "line": line}
    return scatter(**_polygons(bands), mode="lines", hoverinfo="skip", **look)


def _outline(bands: Sequence[Band]) -> Trace:
    return scatter(**_polygons(bands), mode="lines", hoverinfo="skip", line={"color": _LOOK.ink, "width": 1.5})


def _targets(bands: Sequence[Band]) -> Trace:
    """Unseen points along the bands, so that a band can be chosen anywhere; the keyboard visits the counts instead."""
    places = np.arange(2, 25, 2)
    middles = [_edges(band)[1][places] + band.thick / 2 for band in bands]
    return scatter(
        x=np.tile(BLOCK + _ALONG[places] * (1 - 2 * BLOCK), len(bands)),
        y=np.concatenate([np.empty(0), *middles]),
        mode="markers",
        marker={"opacity": 0, "size": np.repeat([min(max(band.thick, 5.0), 45.0) for band in bands], len(places))},
        customdata=np.repeat(np.array([band.flow for band in bands], object), len(places)),
        hovertext=np.repeat(hovers(band.hover for band in bands), len(places)),
        hovertemplate=HOVERTEXT,
        meta={"target": True},
    )


def _counts(bands: Sequence[Band]) -> Trace:
    """The number of cities at the start of each band, where there is room for it."""
    signs = {"up": "▲ ", "down": "▼ "}
    words = [f"{signs.get(band.way, '')}{number(band.cities)}" if band.thick >= TALL else "" for band in bands]
    return scatter(
        x=np.full(len(bands), BLOCK + 0.02),
        y=np.array([band.from_y + band.thick / 2 for band in bands]),
        yaxis="y2",
        mode="text",
        text=np.array(words, object),
        textposition="middle right",
        textfont={"size": theme.SMALL, "color": _LOOK.ink},
        customdata=np.array([band.flow for band in bands], object),
        hovertext=hovers(band.hover for band in bands),
        hovertemplate=HOVERTEXT,
    )


def _layout(
    columns: tuple[list[Block], list[Block]], rungs: Sequence[_Rung], absent: tuple[str, str], cycles: tuple[str, str]
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


def _side(blocks: Sequence[Block], ladder: Mapping[int, _Rung], most: int) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": [(block.high + block.low) / 2 for block in blocks],
        "ticktext": [f"{elided(ladder[block.order].label, most)} · {number(block.cities)}" for block in blocks],
        "tickfont": {"color": _LOOK.ink, "size": LABEL},
        "ticklabelstandoff": 8,
    }


def _blocks(x: int, blocks: Sequence[Block], ladder: Mapping[int, _Rung]) -> list[dict[str, Any]]:
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
