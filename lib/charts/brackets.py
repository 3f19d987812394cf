"""Brackets beside the rows of a grid: which of them belong together."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from lib import theme
from lib.charts.grid import Grid
from lib.words import number

ROOM = 28
"""Pixels at the right of the cells."""
ROWS = ("bracket", "bracket_size", "starts", "ends")
"""What a table tells of each row: the number of its group, how many are in it, is it the first, the last of all."""
_TURNED = 90


def with_brackets(layout: dict[str, Any], cells: Grid, *, row_height: int) -> dict[str, Any]:
    """The layout with a bracket beside each run of rows of one group, open where the group goes on elsewhere."""
    if "bracket" not in cells.rows:
        return layout
    runs = list(_runs(cells))
    return {
        **layout,
        "margin": {**layout["margin"], "r": ROOM},
        "shapes": [*layout.get("shapes", []), *(_bracket(cells, first, last) for first, last in runs)],
        "annotations": [
            *layout.get("annotations", []),
            *(_label(cells, first, last, row_height) for first, last in runs),
        ],
    }


def _runs(cells: Grid) -> Iterator[tuple[int, int]]:
    """First and last row of each run of rows with the same group; rows without a group have none."""
    group = cells.rows["bracket"].to_numpy(float)
    places = np.flatnonzero(np.isfinite(group))
    for run in np.split(places, np.flatnonzero(np.diff(group[places])) + 1):
        if run.size:
            yield int(run[0]), int(run[-1])


def _bracket(cells: Grid, first: int, last: int) -> dict[str, Any]:
    top, foot = float(cells.y[first]) - 0.4, float(cells.y[last]) + 0.4
    above = f"M3,{top} L9,{top}" if cells.rows["starts"][first] else f"M9,{top - 0.1}"
    below = f"L9,{foot} L3,{foot}" if cells.rows["ends"][last] else f"L9,{foot + 0.1}"
    place = {"xref": "paper", "xsizemode": "pixel", "xanchor": 1, "yref": "y"}
    return place | {"type": "path", "path": f"{above} {below}", "line": {"color": theme.LIGHT.muted, "width": 1.5}}


def _label(cells: Grid, first: int, last: int, row_height: int) -> dict[str, Any]:
    group = number(cells.rows["bracket"][first])
    whole = f"Group {group} · {number(cells.rows['bracket_size'][first])}"
    fits = (last - first + 1) * row_height > 7 * len(whole)
    return {
        "x": 1,
        "xref": "paper",
        "xanchor": "center",
        "xshift": 19,
        "y": float(cells.y[first] + cells.y[last]) / 2,
        "yref": "y",
        "text": whole if fits else group,
        "textangle": _TURNED if fits else 0,
        "showarrow": False,
        "font": {"size": theme.SMALL, "color": theme.LIGHT.muted},
    }
