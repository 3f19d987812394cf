"""Cells of pass rates in a grid of criteria: each with its interval, in figures or as a line, and its n."""

from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Trace, heatmap, overlay, strokes
from lib.charts.grid import Floats, Grid
from lib.charts.key import Entry
from lib.charts.labels import literal, rate_lines
from lib.words import interval, percent

INSET, WIDTH = 0.1, 0.8
"""Of a cell: where its own scale from 0 to 100 % begins, and how wide it is."""


def rate_cells(cells: Grid, block: NDArray[np.intp], *, few: bool, noun_plural: str) -> list[Trace]:
    """Tint, figures and intervals of the rows of `block`; with `few` columns the intervals are figures too.

    The data of `cells`: pass_rate, low, high (0..1, NaN under the minimum n), met, answered.
    """
    rate, low, high, met, answered = (
        cells.matrix(cells.data[name]) for name in ("pass_rate", "low", "high", "met", "answered")
    )
    row, column = (place.ravel() for place in np.meshgrid(block, np.arange(cells.shape[1]), indexing="ij"))
    values = [part[row, column].astype(float).tolist() for part in (rate, low, high, answered)]
    words = ["" if isnan(share) else interval(*ends) for share, *ends, _ in zip(*values, strict=True)]
    tint = _tint(cells, block, np.stack([met, answered, rate * 100], axis=-1), rate, noun_plural)
    tint["text"] = np.array(words, object).reshape(len(block), -1).tolist()
    texts = [rate_lines(*cell) for cell in zip(*values, strict=True)] if few else [_figure(each) for each in values[0]]
    deep = rate[row, column] >= 1 - theme.DEEP / len(theme.LIGHT.maturity)
    up = np.where(np.isnan(rate[row, column]) | few, 0, 0.14).astype(np.float32)
    traces = [tint]
    for on, colour in ((~deep, theme.LIGHT.on_tint), (deep, theme.LIGHT.on_deep)):
        shown = [text for text, yes in zip(texts, on, strict=True) if yes]
        traces.append(_texts(column[on], (cells.y[row] - up * cells.heights[row])[on], shown, colour))
        if not few:
            foot = (cells.y[row] + np.float32(0.3) * cells.heights[row])[on]
            traces += _lines(column[on], foot, (low[row, column][on], high[row, column][on]), colour)
    return traces


def rate_key(*, few: bool) -> list[Entry]:
    """What the figures and lines mean."""
    if few:
        return [Entry("figures: % that met it · 95 % interval, n that answered")]
    return [
        Entry("figures: % that met it"),
        Entry("95 % interval, from 0 % at a cell’s left to 100 % at its right", "line", theme.LIGHT.muted),
    ]


def _tint(cells: Grid, block: NDArray[np.intp], counts: NDArray[Any], rate: Floats, noun_plural: str) -> Trace:
    return heatmap(
        z=rate[block],
        x=np.arange(cells.shape[1], dtype=np.float32),
        y=cells.edges(block),
        customdata=counts[block],
        colorscale=theme.maturity_scale(),
        zmin=0,
        zmax=1,
        showscale=False,
        xgap=1,
        ygap=2,
        hoverongaps=False,
        hovertemplate="<b>%{y}</b><br>%{x}<br>%{customdata[0]:,.0f} of %{customdata[1]:,.0f} "
        f"{literal(noun_plural)} that answered met it (%{{customdata[2]:.0f}} %)<br>%{{text}}<extra></extra>",
    )


def _figure(rate: float) -> tuple[str, str]:
    text = literal(percent(rate).removesuffix(" %"))
    return text, text


def _texts(column: NDArray[np.intp], y: Floats, texts: list[tuple[str, str]], colour: str) -> Trace:
    return overlay(
        x=column.astype(np.float32),
        y=y,
        mode="text",
        text=[wide for wide, _ in texts],
        textfont={"color": colour, "size": 11},
        meta={
            "tight": {"text": [short for _, short in texts]},
            "narrow": {"text": [_slim(short) for _, short in texts], "textfont": {"size": 9}},
        },
    )


def _slim(text: str) -> str:
    """A rate and its interval in three short lines."""
    return text.replace(" %", "").replace("–", "–<br>") if "<br>" in text else text


def _lines(column: NDArray[np.intp], y: Floats, ends: tuple[Floats, Floats], colour: str) -> list[Trace]:
    """The interval of each cell on the cell's own scale, which lies under it as a thin line."""
    known = ~np.isnan(ends[0])
    left, foot = (column[known] - 0.5 + INSET).astype(np.float32), np.repeat(y[known], 3)
    low, high = (end[known] for end in ends)
    look = ((np.zeros_like(low), np.ones_like(high), 1, 0.35), (low, high, 3, 0.9))
    return [
        strokes(x=_path(left, start, end), y=foot, line={"color": colour, "width": width}, opacity=opacity)
        for start, end, width, opacity in look
    ]


def _path(left: Floats, start: Floats, end: Floats) -> Floats:
    gap = np.full_like(start, np.nan)
    return np.stack([left + WIDTH * start, left + WIDTH * end, gap], axis=-1).ravel()
