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

    `y` is the middle of each row from the top (pinned rows first, then a gap), `x` is 0, 1, 2 …; an ordinary row is
    1 high, see `heights`.
    """

    data: pd.DataFrame
    rows: pd.DataFrame  # one per row_id: row_id, row_label, pinned, members
    columns: pd.DataFrame  # one per column id: `key`, and the columns asked for
    key: str
    row_at: NDArray[np.intp]
    column_at: NDArray[np.intp]
    y: Floats
    heights: Floats

    @property
    def foot(self) -> float:
        """Where the last row ends."""
        return float(self.y[-1] + self.heights[-1] / 2) if len(self.y) else 0.5

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

    def edges(self, block: NDArray[np.intp]) -> Floats:
        """Upper edges of the rows of a block that lie on one another, and the lower edge of the last one."""
        half = self.heights[block] / 2
        return np.append(self.y[block] - half, self.y[block[-1]] + half[-1]).astype(np.float32)


def grid(
    data: pd.DataFrame,
    key: str,
    described_by: Sequence[str],
    *,
    keep: Sequence[str] = (),
    tall: str | None = None,
    height: float = 1,
) -> Grid:
    """Lay out a long table with row_id, row_label, `key` and optional pinned, members; order is that of appearance.

    `members` is how many the row stands for (NaN: for itself); `keep` names other columns about rows. Rows whose
    column `tall` is true are `height` rows high.
    """
    full = data.assign(**{name: value for name, value in (("pinned", False), ("members", np.nan)) if name not in data})
    told = dict.fromkeys(["row_id", "row_label", "members", "pinned", tall or "pinned", *keep])
    rows = full.drop_duplicates("row_id")[[name for name in told if name in full]]
    rows = rows.sort_values("pinned", ascending=False, kind="stable").reset_index(drop=True)
    heights = np.where(rows[tall], height, 1).astype(np.float32) if tall else np.ones(len(rows), np.float32)
    columns = full.drop_duplicates(key)[[key, *described_by]].reset_index(drop=True)
    return Grid(
        data=full,
        rows=rows,
        columns=columns,
        key=key,
        row_at=pd.Index(rows["row_id"]).get_indexer(full["row_id"]),
        column_at=pd.Index(columns[key]).get_indexer(full[key]),
        y=_positions(rows["pinned"].to_numpy(bool), heights),
        heights=heights,
    )


def _positions(pinned: NDArray[np.bool_], heights: Floats) -> Floats:
    gap = GAP if pinned.any() and not pinned.all() else 0.0
    return np.asarray(np.cumsum(heights) - heights / 2 - 0.5 + np.where(pinned, 0, gap), np.float32)


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
    size: int = theme.SMALL


def grid_layout(cells: Grid, headings: Headings, *, row_height: int) -> dict[str, Any]:
    """Layout of a heatmap: hidden axes carry full names for the hover, the axes over them the labels that fit.

    `meta` is read by the chart component: the ids behind each cell, and what changes on a narrow screen.
    """
    top = headings.depth
    x_range, y_range = [-0.5, cells.shape[1] - 0.5], [cells.foot, -0.5]
    labels = list(zip(cells.rows["row_label"], cells.rows["members"], strict=True))
    visible, short = ([with_count(label, members, most) for label, members in labels] for most in (40, 14))
    hidden = {"showgrid": False, "showticklabels": False}
    return {
        "height": round(top + (cells.foot + 0.5) * row_height + 10),
        "margin": {"l": width_of(visible, LABEL), "r": 4, "t": top, "b": 10, "pad": 0},
        "barmode": "overlay",
        "xaxis": {**hidden, **_ticks(range(cells.shape[1]), headings.full), "range": x_range},
        "yaxis": {**hidden, **_ticks(cells.y, [literal(label) for label in cells.rows["row_label"]]), "range": y_range},
        "xaxis2": _over("x", _ticks(range(cells.shape[1]), headings.wide), x_range)
        | {"side": "top", "tickangle": headings.angle, "tickfont": {"color": theme.LIGHT.muted, "size": headings.size}},
        "yaxis2": _over("y", _ticks(cells.y, visible), y_range)
        | {"side": "left", "tickfont": {"color": theme.LIGHT.ink, "size": LABEL}},
        "meta": {
            "grid": {
                "x": list(cells.columns[cells.key]),
                "y": list(cells.rows["row_id"]),
                "at": cells.y.tolist(),
                "tall": cells.heights.tolist(),
            },
            "below": width_of(visible, LABEL) + cells.shape[1] * headings.width,
            "tight": {
                "margin": {"t": headings.narrow_depth},
                "xaxis2": {"ticktext": list(headings.narrow), "tickfont": {"size": theme.SMALL}},
            },
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


def hatched(cells: Grid, absent: NDArray[np.bool_], words: str, *, plain: bool = False) -> Trace:
    """Grey hatch, or plain grey, over every cell of `absent` (rows × columns)."""
    row, column = np.nonzero(absent)
    return bar(
        orientation="h",
        x=np.full(len(row), 0.96, np.float32),
        base=(column - 0.48).astype(np.float32),
        y=cells.y[row],
        width=0.88 * cells.heights[row],
        marker={
            "color": theme.LIGHT.grid if plain else theme.LIGHT.not_assessed,
            "line": {"width": 0},
            "pattern": {"shape": "" if plain else "/", "fgcolor": theme.LIGHT.hatch, "size": 6, "solidity": 0.3},
        },
        customdata=row.astype(np.uint16),
        hovertemplate="<b>%{y}</b><br>" + words + "<extra></extra>",
    )
