"""Rows × columns of a heatmap: where each cell lies, its axes, and what the chart component needs to name a cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Trace, bar
from lib.charts.labels import literal, width_of, with_count
from lib.charts.rows import LABEL

Floats = NDArray[np.float32]

GAP = 0.45
"""Space between the pinned rows and the others, in rows."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of a long table as a matrix. `row_at` and `column_at` give each cell's place, row by row of `data`.

    `y` is the position of each row from the top (pinned rows first, then a gap), `x` is 0, 1, 2 …
    """

    data: pd.DataFrame
    rows: pd.DataFrame  # one per row_id: row_id, row_label, pinned, cities
    columns: pd.DataFrame  # one per column id: `key`, and the columns asked for
    key: str
    row_at: NDArray[np.intp]
    column_at: NDArray[np.intp]
    y: Floats

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.columns)

    def matrix(self, values: Iterable[float]) -> Floats:
        """Values of the cells, rows × columns, NaN where the table has no cell."""
        cells = np.full(self.shape, np.nan, np.float32)
        cells[self.row_at, self.column_at] = np.asarray(values, np.float32)
        return cells

    def blocks(self) -> list[NDArray[np.intp]]:
        """Row numbers of the pinned rows and of the others, the empty block left out."""
        pinned = self.rows["pinned"].to_numpy(bool)
        return [block for block in (np.flatnonzero(pinned), np.flatnonzero(~pinned)) if block.size]


def grid(data: pd.DataFrame, key: str, described_by: Sequence[str]) -> Grid:
    """Lay out a long table with row_id, row_label, `key` and optional pinned, cities; order is that of appearance."""
    full = data.assign(**{name: value for name, value in (("pinned", False), ("cities", 1)) if name not in data})
    rows = full.drop_duplicates("row_id")[["row_id", "row_label", "pinned", "cities"]]
    rows = rows.sort_values("pinned", ascending=False, kind="stable").reset_index(drop=True)
    columns = full.drop_duplicates(key)[[key, *described_by]].reset_index(drop=True)
    return Grid(
        data=full,
        rows=rows,
        columns=columns,
        key=key,
        row_at=pd.Index(rows["row_id"]).get_indexer(full["row_id"]),
        column_at=pd.Index(columns[key]).get_indexer(full[key]),
        y=_positions(rows["pinned"].to_numpy(bool)),
    )


def _positions(pinned: NDArray[np.bool_]) -> Floats:
    gap = GAP if pinned.any() and not pinned.all() else 0.0
    return np.asarray(np.arange(len(pinned)) + np.where(pinned, 0, gap), np.float32)


@dataclass(frozen=True, slots=True)
class Headings:
    """Column headings: `full` on hover, `wide` and `narrow` (a phone's) on the axis.

    `depth` and `narrow_depth` are their heights in pixels, `width` what a column needs for `wide`.
    """

    full: Sequence[str]
    wide: Sequence[str]
    narrow: Sequence[str]
    depth: int
    width: int = 0
    narrow_depth: int = 22
    angle: int = 0


def grid_layout(cells: Grid, headings: Headings, *, row_height: int) -> dict[str, Any]:
    """Layout of a heatmap: hidden axes carry full names for the hover, the axes over them the labels that fit.

    `meta` is read by the chart component: the ids behind each cell, and what changes on a narrow screen.
    """
    top = headings.depth
    rows = float(cells.y[-1]) + 1 if len(cells.y) else 1.0
    x_range, y_range = [-0.5, cells.shape[1] - 0.5], [rows - 0.5, -0.5]
    labels = list(zip(cells.rows["row_label"], cells.rows["cities"], strict=True))
    visible, short = ([with_count(label, cities, most) for label, cities in labels] for most in (40, 14))
    hidden = {"showgrid": False, "showticklabels": False}
    return {
        "height": round(top + rows * row_height + 10),
        "margin": {"l": width_of(visible, LABEL), "r": 4, "t": top, "b": 10, "pad": 0},
        "barmode": "overlay",
        "xaxis": {**hidden, **_ticks(range(cells.shape[1]), headings.full), "range": x_range},
        "yaxis": {**hidden, **_ticks(cells.y, [literal(label) for label in cells.rows["row_label"]]), "range": y_range},
        "xaxis2": _over("x", _ticks(range(cells.shape[1]), headings.wide), x_range)
        | {"side": "top", "tickangle": headings.angle},
        "yaxis2": _over("y", _ticks(cells.y, visible), y_range)
        | {"side": "left", "tickfont": {"color": theme.LIGHT.ink, "size": LABEL}},
        "meta": {
            "grid": {"x": list(cells.columns[cells.key]), "y": list(cells.rows["row_id"]), "at": cells.y.tolist()},
            "below": width_of(visible, LABEL) + cells.shape[1] * headings.width,
            "tight": {"xaxis2": {"ticktext": list(headings.narrow)}},
            "narrow": {
                "margin": {"l": width_of(short), "t": headings.narrow_depth},
                "xaxis2": {"ticktext": list(headings.narrow), "tickfont": {"size": 11}, "ticklabelstandoff": 2},
                "yaxis2": {"ticktext": short, "tickfont": {"size": theme.SMALL}},
            },
        },
    }


def _ticks(places: Iterable[float], texts: Sequence[str]) -> dict[str, Any]:
    return {"tickmode": "array", "tickvals": np.asarray(list(places), np.float32), "ticktext": list(texts)}


def _over(axis: str, ticks: dict[str, Any], span: list[float]) -> dict[str, Any]:
    return {"overlaying": axis, "showgrid": False, "range": span, "ticklabelstandoff": 6, **ticks}


def hatched(cells: Grid, absent: NDArray[np.bool_], words: str) -> Trace:
    """Grey hatch over every cell of `absent` (rows × columns)."""
    row, column = np.nonzero(absent)
    return bar(
        orientation="h",
        x=np.full(len(row), 0.96, np.float32),
        base=(column - 0.48).astype(np.float32),
        y=cells.y[row],
        width=0.88,
        marker={
            "color": theme.LIGHT.not_assessed,
            "line": {"width": 0},
            "pattern": {"shape": "/", "fgcolor": theme.LIGHT.hatch, "size": 6, "solidity": 0.3},
        },
        customdata=row.astype(np.uint16),
        hovertemplate="<b>%{y}</b><br>" + words + "<extra></extra>",
    )
