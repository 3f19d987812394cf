"""Every answer: rows (cities) × criteria, by status."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib import theme
from lib.charts.brackets import ROWS, with_brackets
from lib.charts.figure import Figure, Trace, figure, heatmap, overlay, strokes
from lib.charts.grid import Grid, Headings, grid, grid_layout, hatched
from lib.charts.key import Entry, with_key
from lib.charts.labels import PIXELS_PER_CHARACTER, literal, wrapped
from lib.charts.pass_rates import rate_cells, rate_key
from lib.words import count_of

NAMED_COLUMNS = 10
"""Up to this many criteria have room for their names above the columns."""
HEADING = 13
"""Characters in a line of a column's heading, in type of HEADING_SIZE."""
HEADING_SIZE = 11
RATES, WHISKERS = 40, 32
"""Pixels of a row of rates: where its interval stands in figures, where it is a line."""
NAMED_ROW, CODED_ROW = 28, 22
"""Pixels of a city's row under names, under codes."""
COLUMN_WIDTH = 17
"""Pixels; a chart that needs more than the screen scrolls sideways instead of shrinking further."""


Stroke = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Status:
    """How one status looks: its words, its sign, the colour of the cell and of the sign.

    `strokes` is the sign as lines inside a cell of 1 × 1, y downwards: in a grid of thousands of cells all signs of
    a status are one path, where as many texts would take the browser a second.
    """

    words: str
    sign: str
    strokes: tuple[Stroke, ...]
    ground: str
    ink: str


_LOOK = theme.LIGHT
STATUSES = {
    "met": Status("met", "✓", (((-0.22, 0.02), (-0.06, 0.2), (0.24, -0.2)),), _LOOK.met, _LOOK.on_met),
    "partly_met": Status(
        "partly met",
        "~",
        (((-0.24, 0.07), (-0.08, -0.07), (0.08, 0.07), (0.24, -0.07)),),
        _LOOK.partly_met,
        _LOOK.on_partly_met,
    ),
    "not_met": Status(
        "not met",
        "×",
        (((-0.15, -0.15), (0.15, 0.15)), ((-0.15, 0.15), (0.15, -0.15))),
        _LOOK.not_met,
        _LOOK.on_not_met,
    ),
    "blocked": Status(
        "blocked by a prerequisite",
        "⊘",
        (((-0.2, 0), (0, -0.2), (0.2, 0), (0, 0.2), (-0.2, 0)), ((-0.1, 0.1), (0.1, -0.1))),
        _LOOK.blocked,
        _LOOK.on_blocked,
    ),
    "not_applicable": Status("not applicable", "·", (((-0.06, 0), (0.06, 0)),), _LOOK.surface, _LOOK.muted),
}
"""Every status but `not_answered`, which is hatched; in the order of the key and of the colour scale."""
_WORDS = np.array([look.words for look in STATUSES.values()])


def criteria_heatmap(data: pd.DataFrame, *, noun_plural: str = "cities") -> Figure:
    """Status of every criterion, rows × criteria in area order; a pinned cohort row shows the pass rate.

    `data`: one row per cell: row_id, row_label, criterion_id, short_name, area_id, status (null where nothing is
    known); optional pinned, and `rated` (as pinned if not given): rows of pass_rate, low, high, met, answered, whose
    `status` is null and whose `members` (if given) stand behind the label; optional `brackets.ROWS`.
    """
    cells = _laid_out(data)
    code = cells.matrix(pd.Index(list(STATUSES)).get_indexer(data["status"]))
    rated = cells.rows["rated"].to_numpy(bool)
    cities = np.flatnonzero(~rated)
    traces = [
        trace
        for block in cells.blocks()
        if rated[block].any()
        for trace in rate_cells(cells, block[rated[block]], few=_few(cells), noun_plural=noun_plural)
    ]
    if cities.size:
        known = np.where(code >= 0, code, np.nan).astype(np.float32)
        absent = np.isnan(known) & ~rated[:, None]
        traces += [_grounds(cells, known, cities), hatched(cells, absent, "not answered"), *_signs(cells, known)]
    return figure([*traces, _area_lines(cells)], _layout(cells))


def _laid_out(data: pd.DataFrame) -> Grid:
    pinned = data.get("pinned", pd.Series(False, data.index))
    few = data["criterion_id"].nunique() <= NAMED_COLUMNS
    height = RATES / NAMED_ROW if few else WHISKERS / CODED_ROW
    missing = {name: np.nan for name in ("members", "low", "high", "met", "answered") if name not in data}
    full = data.assign(rated=data.get("rated", pinned), pinned=pinned, **missing)
    about = ["short_name", "area_id", "met", "answered", "pinned"]
    return grid(full, "criterion_id", about, keep=ROWS, tall="rated", height=height)


def _few(cells: Grid) -> bool:
    """Is there room for names above the columns, and for figures in the cells?"""
    return cells.shape[1] <= NAMED_COLUMNS


def _layout(cells: Grid) -> dict[str, Any]:
    columns = cells.columns
    full = [
        f"{literal(key)} {literal(name)}{_met_by(met, answered, pinned)}"
        for key, name, met, answered, pinned in zip(
            *(columns[name] for name in ("criterion_id", "short_name", "met", "answered", "pinned")), strict=True
        )
    ]
    ids = [literal(key) for key in columns["criterion_id"]]
    few = _few(cells)
    named = [f"{key}<br>{wrapped(name, HEADING, 5)}" for key, name in zip(ids, columns["short_name"], strict=True)]
    headings = Headings(
        full=full,
        wide=named if few else ids,
        narrow=ids,
        depth=14 * max((text.count("<br>") + 1 for text in named), default=1) + 10 if few else 48,
        width=round(HEADING * PIXELS_PER_CHARACTER * HEADING_SIZE / theme.SMALL) if few else 0,
        narrow_depth=22 if few else 48,
        angle=0 if few else -90,
        size=HEADING_SIZE if few else theme.SMALL,
    )
    height = NAMED_ROW if few else CODED_ROW
    layout = with_brackets(grid_layout(cells, headings, row_height=height), cells, row_height=height)
    layout = with_key(layout, _key(cells))
    layout["meta"]["min_width"] = 140 + COLUMN_WIDTH * len(ids)
    return layout


def _met_by(met: float, answered: float, pinned: bool) -> str:
    """What the cohort's row says of a criterion, for the hover of every cell below it."""
    return f" (met by {count_of(met, answered)})" if pinned and answered else ""


def _key(cells: Grid) -> list[Entry]:
    status = cells.data["status"]
    present = set(status.dropna())
    entries = [
        Entry(f"{look.sign} {look.words}", "square", look.ground) for key, look in STATUSES.items() if key in present
    ]
    known = status.isin(list(STATUSES)) | cells.data["rated"]
    hatch = Entry("not answered", "hatch", theme.LIGHT.not_assessed, theme.LIGHT.hatch)
    return [
        *entries,
        *([] if known.all() else [hatch]),
        *(rate_key(few=_few(cells)) if cells.data["rated"].any() else []),
    ]


def _grounds(cells: Grid, code: NDArray[np.float32], block: NDArray[np.intp]) -> Trace:
    last = len(STATUSES) - 1
    edges = [
        (edge / (last + 1), look.ground) for place, look in enumerate(STATUSES.values()) for edge in (place, place + 1)
    ]
    words = np.where(np.isnan(code[block]), "", _WORDS[np.nan_to_num(code[block]).astype(np.intp)])
    return heatmap(
        z=code[block],
        x=np.arange(cells.shape[1], dtype=np.float32),
        y=cells.edges(block),
        text=words.tolist(),
        colorscale=edges,
        zmin=-0.5,
        zmax=last + 0.5,
        showscale=False,
        xgap=1,
        ygap=2,
        hoverongaps=False,
        hovertemplate="<b>%{y}</b><br>%{x}<br>%{text}<extra></extra>",
    )


def _signs(cells: Grid, code: NDArray[np.float32]) -> list[Trace]:
    """The sign of every cell: strokes, but texts in the wide cells of a few columns, which would stretch strokes."""
    signs = []
    for place, look in enumerate(STATUSES.values()):
        row, column = np.nonzero(code == place)
        if row.size and cells.shape[1] <= NAMED_COLUMNS:
            signs.append(_sign(column, cells.y[row], look.ink, theme.SMALL) | {"text": look.sign})
        elif row.size:
            signs.append(_stroked(column.astype(np.float32), cells.y[row], look))
    return signs


def _stroked(x: NDArray[np.float32], y: NDArray[np.float32], look: Status) -> Trace:
    gap = (np.nan, np.nan)
    line = np.array([point for stroke in look.strokes for point in (*stroke, gap)], np.float32)
    return strokes(
        x=(x[:, None] + line[:, 0]).ravel(),
        y=(y[:, None] + line[:, 1]).ravel(),
        line={"color": look.ink, "width": 1.5, "simplify": False},
    )


def _sign(x: NDArray[np.intp], y: NDArray[np.float32], colour: str, size: int) -> Trace:
    return overlay(
        x=x.astype(np.float32),
        y=y,
        mode="text",
        textfont={"color": colour, "size": size},
    )


def _area_lines(cells: Grid) -> Trace:
    """A gap between practice areas that are not mixed, drawn in the page's colour: one path for all of them."""
    areas = cells.columns["area_id"].to_numpy()
    between = np.flatnonzero(areas[1:] != areas[:-1])
    edge = (between[: 0 if len(between) >= len(set(areas)) else None] + 0.5).astype(np.float32)
    top, foot, gap = np.full_like(edge, -0.6), np.full_like(edge, cells.foot + 0.1), np.full_like(edge, np.nan)
    return overlay(
        x=np.repeat(edge, 3),
        y=np.stack([top, foot, gap], axis=-1).ravel(),
        mode="lines",
        line={"color": theme.LIGHT.background, "width": 5},
    )
