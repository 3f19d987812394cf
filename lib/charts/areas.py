"""Maturity by practice area: rows (cities, cycles or groups) × areas."""

from itertools import pairwise
from math import isnan
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.brackets import ROWS, with_brackets
from lib.charts.figure import Figure, Trace, figure, heatmap, overlay, strokes
from lib.charts.grid import Floats, Grid, Headings, grid, grid_layout, hatched
from lib.charts.key import Entry, with_key
from lib.charts.labels import PIXELS_PER_CHARACTER, SMALLEST, literal, rate_lines, wrapped
from lib.words import interval, percent

TICKED_ROWS = 60
"""More rows than this get no ticks: the chart would be higher than anybody scrolls."""
HEADING = 13
"""Characters in a line of a column's heading."""
TICKED_CRITERIA = 14
"""More criteria in one area than this make ticks a blur."""

ABSENT, TOO_FEW = "not assessed", "too few to say"
"""Nothing was answered; too few answered for a share of them all to be compared with others."""
_STROKES = (("met", theme.LIGHT.on_tint), ("not met", theme.LIGHT.faint))
_OPTIONAL = ("members", "low", "high", "median")
_STEPS = len(theme.LIGHT.maturity)
_DEEP_FROM = (_STEPS - theme.DEEP) / _STEPS
_HOVER = (
    "<b>%{y}</b><br>%{x}<br>%{customdata[0]:,.0f} of %{customdata[1]:,.0f} criteria met (%{customdata[4]:.0f} %)"
    "<br>%{customdata[2]:,.0f} answered"
)
_ROW = 36
"""Pixels: two lines of a rate, or a line and a city's strokes."""


def area_heatmap(data: pd.DataFrame, *, noun_plural: str = "cities") -> Figure:
    """Share of criteria met, rows × practice areas, as count and tint; pinned rows stand apart at the top.

    `data`: one row per cell: row_id, row_label, area_id, area, met, asked, answered, share (0..1, NaN = not
    assessed, or too few answered), cities, pinned, and for single cities `ticks` (a character per criterion: 1 met,
    ~ partly, 0 not met, x blocked, . not answered, - not applicable). Rows that stand for several (`members` not
    NaN) have low, high: the interval of their mean share. Optional median (of the pinned row, told on hover) and
    `brackets.ROWS`. Where there is little room a city's cell shows its count
    only, a group's its share and interval.
    """
    full = data.assign(**{name: np.nan for name in _OPTIONAL if name not in data})
    cells = grid(full, "area_id", ["area", "median"], keep=ROWS)
    share = cells.matrix(data["share"])
    ticked = _ticked(cells)
    wide, narrow = _cell_texts(cells.data)
    traces = [_tint(cells, share, block, noun_plural) for block in cells.blocks()]
    few = np.isnan(share) & (cells.matrix(cells.data["answered"]) > 0)
    absent = ((np.isnan(share) & ~few, ABSENT), (few, TOO_FEW))
    traces += [hatched(cells, on, words, plain=words == TOO_FEW) for on, words in absent if on.any()]
    traces += _texts(cells, share, wide, narrow, ticked)
    if ticked:
        traces += _criterion_ticks(cells, share)
    return figure(traces, _layout(cells, ticked, wide))


def _ticked(cells: Grid) -> bool:
    if "ticks" not in cells.data or cells.shape[0] > TICKED_ROWS:
        return False
    lengths = cells.data["ticks"].fillna("").str.len()
    return bool(0 < lengths.max() <= TICKED_CRITERIA)


def _layout(cells: Grid, ticked: bool, texts: list[str]) -> dict[str, Any]:
    names = list(cells.columns["area"])
    longest = max((len(text.split("<br>")[0]) for text in texts), default=0)
    wide = [wrapped(name, HEADING) for name in names]
    headings = Headings(
        full=[
            literal(name) + ("" if isnan(median) else f" (median {percent(median)})")
            for name, median in zip(names, cells.columns["median"], strict=True)
        ],
        wide=wide,
        narrow=[literal(area) for area in cells.columns["area_id"]],
        depth=16 * max((text.count("<br>") + 1 for text in wide), default=1) + 8,
        width=round(max(HEADING, longest + 1) * PIXELS_PER_CHARACTER),
    )
    height = _ROW if ticked or cells.rows["members"].notna().any() else 30
    layout = with_brackets(grid_layout(cells, headings, row_height=height), cells, row_height=height)
    layout["coloraxis"] = {"cmin": 0, "cmax": 1, "colorscale": theme.maturity_scale(), "showscale": False}
    return with_key(layout, _key(cells.data, ticked))


def _key(data: pd.DataFrame, ticked: bool) -> list[Entry]:
    edges = [round(step * 100 / _STEPS) for step in range(_STEPS + 1)]
    names = [f"{low}–{high - 1} %" for low, high in pairwise(edges[:-1])] + [f"{edges[-2]}–100 %"]
    steps = [Entry(name, "square", colour) for name, colour in zip(names, theme.LIGHT.maturity, strict=True)]
    absent, answered = data["share"].isna(), data["answered"] > 0
    met, missed = (Entry(words, "tick", colour) for words, colour in _STROKES)
    return [
        Entry("Criteria met"),
        *steps,
        *([Entry("✓ all of them")] if (data["share"] >= 1).any() else []),
        *([Entry("Each stroke a criterion:"), met, missed] if ticked else []),
        *([Entry(ABSENT, "hatch", theme.LIGHT.not_assessed, theme.LIGHT.hatch)] if (absent & ~answered).any() else []),
        *([Entry(TOO_FEW, "square", theme.LIGHT.grid)] if (absent & answered).any() else []),
    ]


def _tint(cells: Grid, share: Floats, block: NDArray[np.intp], noun_plural: str) -> Trace:
    numbers = [cells.matrix(cells.data[name]) for name in ("met", "asked", "answered", "cities")]
    several = cells.rows["members"].notna().to_numpy()[block].any()
    behind = f"<br>%{{customdata[3]:,.0f}} {literal(noun_plural)}: mean %{{text}}" if several else ""
    return heatmap(
        z=share[block],
        x=np.arange(cells.shape[1], dtype=np.float32),
        y=cells.edges(block),
        **({"text": _intervals(cells, share, block)} if several else {}),
        customdata=np.stack([*numbers, share * 100], axis=-1)[block],
        coloraxis="coloraxis",
        xgap=2,
        ygap=3,
        hoverongaps=False,
        hovertemplate=_HOVER + behind + "<extra></extra>",
    )


def _intervals(cells: Grid, share: Floats, block: NDArray[np.intp]) -> list[list[str]]:
    """The mean of each cell of a block and the interval of it, in words."""
    edges = (cells.matrix(cells.data[name])[block].astype(float).tolist() for name in ("low", "high"))
    rows = zip(share[block].astype(float).tolist(), *edges, strict=True)
    return [[f"{percent(mean)}, {interval(low, high)}" for mean, low, high in zip(*row, strict=True)] for row in rows]


def _cell_texts(data: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Each cell's text where there is room and where there is not."""
    columns = (
        data[name].to_numpy(np.float64, na_value=np.nan).tolist()
        for name in ("members", "share", "low", "high", "cities", "met", "asked")
    )
    texts = [
        (f"{met:.0f}/{asked:.0f} · {percent(share)}", f"{met:.0f}/{asked:.0f}")
        if isnan(members)
        else rate_lines(share, low, high, cities)
        for members, share, low, high, cities, met, asked in zip(*columns, strict=True)
    ]
    return [wide for wide, _ in texts], [narrow for _, narrow in texts]


def _texts(cells: Grid, share: Floats, wide: list[str], narrow: list[str], ticked: bool) -> list[Trace]:
    """Texts of the cells in a trace per text colour, a check mark on complete cells, a dash on empty ones."""
    value = share[cells.row_at, cells.column_at]
    several = cells.data["members"].notna().to_numpy()
    y = cells.y[cells.row_at] - np.where(several | (not ticked), 0, 0.14).astype(np.float32)
    texts, short = np.array(wide), np.array(narrow)
    traces = []
    for on, colour in ((value < _DEEP_FROM, theme.LIGHT.on_tint), (value >= _DEEP_FROM, theme.LIGHT.on_deep)):
        less = short[on].tolist()
        slim = [text.replace("<br>", f"<br>{SMALLEST}") + "</span>" if "<br>" in text else text for text in less]
        meta = {"tight": {"text": less}, "narrow": {"text": slim, "textfont": {"size": 10}}}
        traces.append(_text(cells.column_at[on], y[on], colour) | {"text": texts[on].tolist(), "meta": meta})
    row, column = np.nonzero(np.isnan(share))
    dashes = _text(column, cells.y[row], theme.LIGHT.on_not_assessed) | {"text": "–"}
    return [*traces, _complete(cells, value >= 1), dashes]


def _text(x: NDArray[Any], y: Floats, colour: str) -> Trace:
    return overlay(x=x.astype(np.float32), y=y, mode="text", textfont={"color": colour, "size": theme.SMALL})


def _complete(cells: Grid, on: NDArray[np.bool_]) -> Trace:
    corner = _text(cells.column_at[on] + 0.47, cells.y[cells.row_at[on]] - np.float32(0.2), theme.LIGHT.on_deep)
    font = {**corner["textfont"], "size": 10}
    return corner | {
        "text": "✓",
        "textposition": "middle left",
        "textfont": font,
        "meta": {"narrow": {"textfont": {"size": 7}}},
    }


def _criterion_ticks(cells: Grid, share: Floats) -> list[Trace]:
    """One small stroke per criterion; each kind of stroke is one path, however many cells there are."""
    value = share[cells.row_at, cells.column_at]
    texts = cells.data["ticks"].fillna("").to_numpy(str)
    drawn = []
    for on, colour in ((value < _DEEP_FROM, theme.LIGHT.on_tint), (value >= _DEEP_FROM, theme.LIGHT.on_deep)):
        for kinds, length, opacity in (("1", 0.2, 1.0), ("~", 0.1, 1.0), ("0x", 0.2, 0.3)):
            x, y = _places(cells, texts, on, kinds)
            if x.size:
                drawn.append(_strokes(x, y, length) | {"line": {"color": colour, "width": 2.5}, "opacity": opacity})
    return drawn


def _places(cells: Grid, texts: NDArray[np.str_], on: NDArray[np.bool_], kinds: str) -> tuple[Floats, Floats]:
    """Where the ticks of some kinds stand: side by side around the middle of their cell, at its foot."""
    columns, rows = cells.column_at[on].tolist(), cells.y[cells.row_at[on]].tolist()
    places = [
        (column + (place - (len(text) - 1) / 2) * 0.07, row + 0.36)
        for column, row, text in zip(columns, rows, texts[on].tolist(), strict=True)
        for place, kind in enumerate(text)
        if kind in kinds
    ]
    x, y = np.array(places, np.float32).reshape(-1, 2).T
    return x, y


def _strokes(x: Floats, foot: Floats, length: float) -> Trace:
    gap = np.full_like(x, np.nan)
    return strokes(
        x=np.stack([x, x, gap], axis=-1).ravel(),
        y=np.stack([foot, foot - np.float32(length), gap], axis=-1).ravel(),
        narrow={"line": {"width": 1.4}},
    )
