"""Maturity by practice area: rows (cities, cycles or groups) × areas."""

from itertools import pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from lib import theme
from lib.charts.grid import Grid, Headings, grid, grid_layout, hatched
from lib.charts.key import Entry, with_key
from lib.charts.labels import PIXELS_PER_CHARACTER, literal, with_count, wrapped
from lib.words import percent

TICKED_ROWS = 30
"""More rows than this are too low for readable ticks."""
HEADING = 13
"""Characters in a line of a column's heading."""
TICKED_CRITERIA = 14
"""More criteria in one area than this make ticks a blur."""

_STEPS = len(theme.LIGHT.maturity)
_DEEP_FROM = (_STEPS - theme.DEEP) / _STEPS
_HOVER = (
    "<b>%{y}</b><br>%{x}<br>%{customdata[0]:,.0f} of %{customdata[1]:,.0f} criteria met (%{customdata[4]:.0f} %)"
    "<br>%{customdata[2]:,.0f} answered"
)


def area_heatmap(data: pd.DataFrame, *, noun_plural: str = "cities") -> go.Figure:
    """Share of criteria met, rows × practice areas, as count and tint; pinned rows stand apart at the top.

    `data`: one row per cell: row_id, row_label, area_id, area, met, asked, answered, share (0..1, NaN = not
    assessed), cities, pinned, and for single cities `ticks` (a character per criterion: 1 met, ~ partly, 0 not met,
    x blocked, . not answered, - not applicable). A cell of several cities shows its share, a single city's its count.
    """
    cells = grid(data, "area_id", ["area"])
    share = cells.matrix(data["share"])
    ticked = _ticked(cells)
    figure = go.Figure(layout=_layout(cells, ticked))
    figure.add_traces([_tint(cells, share, block, noun_plural) for block in cells.blocks()])
    figure.add_trace(hatched(cells, np.isnan(share), "not assessed"))
    figure.add_traces(_texts(cells, share, ticked))
    if ticked:
        figure.add_traces(_criterion_ticks(cells, share))
    return figure


def _ticked(cells: Grid) -> bool:
    if "ticks" not in cells.data or cells.shape[0] > TICKED_ROWS:
        return False
    lengths = cells.data["ticks"].fillna("").str.len()
    return bool(0 < lengths.max() <= TICKED_CRITERIA)


def _layout(cells: Grid, ticked: bool) -> go.Layout:
    names = list(cells.columns["area"])
    wide = [wrapped(name, HEADING) for name in names]
    labels = [with_count(str(row.row_label), row.cities) for row in cells.rows.itertuples()]
    depth = 16 * max((text.count("<br>") + 1 for text in wide), default=1) + 8
    headings = Headings(
        full=[literal(name) for name in names],
        wide=wide,
        narrow=[literal(area) for area in cells.columns["area_id"]],
        depth=depth,
        width=round(HEADING * PIXELS_PER_CHARACTER),
    )
    layout = grid_layout(cells, headings, labels, row_height=36 if ticked else 30)
    layout["coloraxis"] = {"cmin": 0, "cmax": 1, "colorscale": theme.maturity_scale(), "showscale": False}
    return go.Layout(with_key(layout, _key(bool(cells.data["share"].isna().any()))))


def _key(absent: bool) -> list[Entry]:
    edges = [round(step * 100 / _STEPS) for step in range(_STEPS + 1)]
    names = [f"{low}–{high - 1} %" for low, high in pairwise(edges[:-1])] + [f"{edges[-2]}–100 %"]
    steps = [Entry(name, "square", colour) for name, colour in zip(names, theme.LIGHT.maturity, strict=True)]
    hatch = Entry("not assessed", "hatch", theme.LIGHT.not_assessed, theme.LIGHT.hatch)
    return [Entry("Criteria met"), *steps, *([hatch] if absent else [])]


def _tint(cells: Grid, share: NDArray[np.float32], block: NDArray[np.intp], noun_plural: str) -> go.Heatmap:
    numbers = [cells.matrix(cells.data[name]) for name in ("met", "asked", "answered", "cities")]
    counts = np.stack([*numbers, share * 100], axis=-1)
    several = cells.rows["cities"].to_numpy()[block].max() > 1
    behind = f"<br>%{{customdata[3]:,.0f}} {literal(noun_plural)}" if several else ""
    return go.Heatmap(
        z=share[block],
        x=np.arange(cells.shape[1], dtype=np.float32),
        y=cells.y[block],
        customdata=counts[block],
        coloraxis="coloraxis",
        xgap=2,
        ygap=3,
        hoverongaps=False,
        hovertemplate=_HOVER + behind + "<extra></extra>",
    )


def _texts(cells: Grid, share: NDArray[np.float32], ticked: bool) -> list[go.Scatter]:
    """Counts on the cells in two traces, one per text colour, and a check mark on each complete cell."""
    row, column = cells.row_at, cells.column_at
    value = share[row, column]
    several = cells.data["cities"].to_numpy() > 1
    y = cells.y[row] - np.where(several | (not ticked), 0, 0.14).astype(np.float32)
    text = np.array(_cell_texts(cells.data))
    return [
        _text(column[on], y[on], text[on], colour)
        for on, colour in ((value < _DEEP_FROM, theme.LIGHT.on_tint), (value >= _DEEP_FROM, theme.LIGHT.on_deep))
    ] + [_complete(cells, value >= 1), _dashes(cells, share)]


def _cell_texts(data: pd.DataFrame) -> list[str]:
    columns = (data[name].to_numpy(np.float64, na_value=np.nan) for name in ("cities", "share", "met", "asked"))
    return [
        percent(share) if cities > 1 else f"{met:.0f}/{asked:.0f}"
        for cities, share, met, asked in zip(*columns, strict=True)
    ]


def _text(x: NDArray[np.intp], y: NDArray[np.float32], text: NDArray[np.str_], colour: str) -> go.Scatter:
    return go.Scatter(
        x=x.astype(np.float32),
        y=y,
        text=text,
        mode="text",
        textfont={"color": colour, "size": theme.SMALL},
        xaxis="x2",
        yaxis="y2",
        hoverinfo="skip",
        meta={"narrow": {"textfont": {"size": 10}}},
    )


def _complete(cells: Grid, on: NDArray[np.bool_]) -> go.Scatter:
    corner = _text(cells.column_at[on], cells.y[cells.row_at[on]], np.array("✓"), theme.LIGHT.on_deep)
    return corner.update(
        x=(cells.column_at[on] + 0.46).astype(np.float32),
        y=cells.y[cells.row_at[on]] - np.float32(0.2),
        text="✓",
        textposition="middle left",
        textfont={"size": 10},
        meta={"narrow": {"textfont": {"size": 7}}},
    )


def _dashes(cells: Grid, share: NDArray[np.float32]) -> go.Scatter:
    row, column = np.nonzero(np.isnan(share))
    return _text(column, cells.y[row], np.array("–"), theme.LIGHT.on_not_assessed).update(text="–")


def _criterion_ticks(cells: Grid, share: NDArray[np.float32]) -> list[go.Scatter]:
    """One small stroke per criterion; each kind of stroke is one path, however many cells there are."""
    value = share[cells.row_at, cells.column_at]
    texts = cells.data["ticks"].fillna("").to_numpy(str)
    strokes = []
    for deep, colour in ((False, theme.LIGHT.on_tint), (True, theme.LIGHT.on_deep)):
        on = (value >= _DEEP_FROM) if deep else (value < _DEEP_FROM)
        for kinds, length, opacity in (("1", 0.2, 1.0), ("~", 0.1, 1.0), ("0x", 0.2, 0.3)):
            strokes.append(_strokes(cells, texts, on, kinds, length).update(line_color=colour, opacity=opacity))
    return [stroke for stroke in strokes if len(stroke.x)]


def _strokes(cells: Grid, texts: NDArray[np.str_], on: NDArray[np.bool_], kinds: str, length: float) -> go.Scatter:
    places = [
        (column + (place - (len(text) - 1) / 2) * 0.07, y)
        for column, y, text in zip(cells.column_at[on], cells.y[cells.row_at[on]], texts[on], strict=True)
        for place, kind in enumerate(text)
        if kind in kinds
    ]
    x, y = np.array(places, np.float32).reshape(-1, 2).T
    foot, gap = y + np.float32(0.36), np.full_like(y, np.nan)
    return go.Scatter(
        x=np.stack([x, x, gap], axis=-1).ravel(),
        y=np.stack([foot, foot - np.float32(length), gap], axis=-1).ravel(),
        mode="lines",
        line={"width": 2.5, "simplify": False},
        xaxis="x2",
        yaxis="y2",
        hoverinfo="skip",
        meta={"narrow": {"line": {"width": 1.4}}},
    )
