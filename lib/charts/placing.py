"""Where the name of each point goes so that no name lies on another, nor on a point."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Plotly's words for the side of its point on which a text stands, the best first, and where that is: across, down.
SIDES = {
    "middle right": (1, 0),
    "top center": (0, -1),
    "bottom center": (0, 1),
    "middle left": (-1, 0),
    "top right": (1, -1),
    "bottom right": (1, 1),
    "top left": (-1, -1),
    "bottom left": (-1, 1),
}
_NAMES, _WAYS = list(SIDES), np.array(list(SIDES.values()), np.float64)
_NEAR = 3  # heights of a name within which two points compete


def sides(at: Floats, sizes: Floats, room: Sequence[float], *, dot: float, gap: float) -> list[str]:
    """The side on which each point's name stands, '' where there is no place for it.

    In pixels: `at`, points × (from the left, from the top); `sizes`, points × (width, height) of their names; `room`,
    width and height of the plot; `dot`, the width of a dot; `gap`, between dot and name. Points with the fewest
    neighbours choose first; each takes the first of SIDES that is free.
    """
    half = np.full(2, dot / 2)
    taken = np.hstack([at - half, at + half])
    apart = np.linalg.norm(at[:, None] - at, axis=2)
    chosen = [""] * len(at)
    for place in np.argsort((apart < _NEAR * sizes[:, 1]).sum(axis=1), kind="stable"):
        middle = at[place] + _WAYS * (sizes[place] / 2 + dot / 2 + gap)
        boxes = np.hstack([middle - sizes[place] / 2, middle + sizes[place] / 2])
        free = np.flatnonzero(_inside(boxes, room) & ~_hit(boxes, np.delete(taken, place, axis=0)))
        if free.size:
            chosen[place] = _NAMES[free[0]]
            taken = np.vstack([taken, boxes[free[0]]])
    return chosen


def _inside(boxes: Floats, room: Sequence[float]) -> NDArray[np.bool_]:
    """Which boxes (left, top, right, bottom) lie within the plot."""
    left, top, right, bottom = boxes.T
    return np.asarray((left >= 0) & (top >= 0) & (right <= room[0]) & (bottom <= room[1]))


def _hit(boxes: Floats, others: Floats) -> NDArray[np.bool_]:
    """Which boxes overlap any of the others."""
    left, top, right, bottom = boxes.T[:, :, None]
    apart = (others[:, 0] >= right) | (others[:, 2] <= left) | (others[:, 1] >= bottom) | (others[:, 3] <= top)
    return np.asarray(np.any(~apart, axis=1))
