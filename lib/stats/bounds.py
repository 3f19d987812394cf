"""What no set of workshops can exceed, so that a set that was not compared with all others can still be judged.

Each city's chance of going up is at most the smallest concave function above its binomial tail; with those, the best
mixture of shares of workshops is a linear programme, and no whole set beats the best mixture.
"""

from itertools import pairwise

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack

from lib.stats.attendance import Aim, Bits, Reals

MOST_BOUNDED = 400
"""Kinds of cities for which the linear programme is solved; for more, each city is taken to go up if it can."""
_HAIR = 1e-6


def bound(aim: Aim, units: Bits, workshops: int) -> float:
    """An upper bound of the value of any `workshops` units. Without chances of failure cities are whole, so is it."""
    if not aim.level:
        return float(np.sort(aim.values(units))[len(units) - workshops :].sum())
    able = float(aim.tails[aim.needs.lacking, -1] @ aim.needs.cities)
    if 0 < len(aim.needs.lacking) <= MOST_BOUNDED:
        able = min(able, _mixture(aim, units, workshops))
    return float(np.floor(able + _HAIR)) if aim.success == 1 else able


def _mixture(aim: Aim, units: Bits, workshops: int) -> float:
    """The linear programme: a share of each unit and, below its concave pieces, a chance of each kind of city."""
    shared = np.bitwise_count(units[None, :, :] & aim.needs.gaps[:, None, :]).sum(axis=2).astype(np.float64)
    pieces = {int(need): np.array(_concave(aim.tails[need])) for need in np.unique(aim.needs.lacking)}
    owner = np.concatenate([[kind] * len(pieces[int(need)]) for kind, need in enumerate(aim.needs.lacking)])
    slopes, heights = np.concatenate([pieces[int(need)] for need in aim.needs.lacking]).T
    below = hstack([csr_array(-slopes[:, None] * shared[owner]), _marks(owner, len(shared))])
    total = hstack([csr_array(np.ones((1, len(units)))), csr_array((1, len(shared)))])
    solved = linprog(
        -np.concatenate([np.zeros(len(units)), aim.needs.cities]),
        A_ub=vstack([below, total]),
        b_ub=np.append(heights, workshops),
        bounds=(0, 1),
    )
    return float(-solved.fun)


def _marks(owner: np.ndarray[tuple[int], np.dtype[np.int64]], kinds: int) -> csr_array:
    """One row per piece with a 1 at the kind of city that it belongs to."""
    return csr_array((np.ones(len(owner)), (np.arange(len(owner)), owner)), shape=(len(owner), kinds))


def _concave(tail: Reals) -> list[tuple[float, float]]:
    """Slope and height at 0 of each piece of the smallest concave function above the points (0, tail[0]), …"""
    corners: list[tuple[float, float]] = []
    for point in enumerate(tail.tolist()):
        while len(corners) > 1 and _hidden(corners[-2], corners[-1], point):
            corners.pop()
        corners.append(point)
    slopes = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(corners)]
    return [(slope, y - slope * x) for slope, (x, y) in zip(slopes, corners[1:], strict=True)]


def _hidden(first: tuple[float, float], middle: tuple[float, float], last: tuple[float, float]) -> bool:
    """Does the line from the first to the last point pass over the middle one, or through it?"""
    return (middle[1] - first[1]) * (last[0] - first[0]) <= (last[1] - first[1]) * (middle[0] - first[0])
