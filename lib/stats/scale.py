"""A Guttman scale: does who meets a harder criterion also meet the easier ones?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]

ENOUGH = 0.8
"""Part of the scores' variance that lies between groups, from which on no further group is made."""
MOST_GROUPS = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """Rows by how many they meet (most first), columns by how many meet them (most first), and how well that fits.

    `reproducibility` is Guttman's coefficient, counted as Goodenough and Edwards do: the part of the answers that the
    row's count alone foretells (the so many easiest of those it answered are met). `marginal` is the part that the
    columns' rates alone foretell. Both NaN without an answer.
    """

    rows: Whole
    columns: Whole
    reproducibility: float
    marginal: float


def guttman(met: Floats) -> Scale:
    """The scale of rows × columns of 1 (met), 0 (not met) and NaN (not answered)."""
    known = np.isfinite(met)
    yes = met == 1
    rate = yes.sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    columns = np.argsort(-rate, kind="stable")
    yes, known = yes[:, columns], known[:, columns]
    count = yes.sum(axis=1)
    foretold = known & (known.cumsum(axis=1) <= count[:, None])
    answers = known.sum()
    errors = (known & (foretold != yes)).sum()
    usual = np.maximum(yes.sum(axis=0), known.sum(axis=0) - yes.sum(axis=0)).sum()
    marks = np.packbits(yes, axis=1)
    order = np.lexsort((*(-marks.astype(np.int16)).T[::-1], -count))
    if not answers:
        return Scale(order, columns, np.nan, np.nan)
    return Scale(order, columns, float(1 - errors / answers), float(usual / answers))


def bands(counts: Whole) -> Whole:
    """Group of each count, 1 for the highest: the fewest groups without overlap that hold enough of the variance.

    Fisher's natural breaks (1958): for a number of groups, the cuts with the least variance inside them.
    """
    values, weight = np.unique(counts, return_counts=True)
    inside = _inside(values.astype(float), weight.astype(float))
    whole = inside[0, -1]
    least, cuts = inside[0], [[0] for _ in values]
    for _ in range(1, min(MOST_GROUPS, len(values))):
        if least[-1] <= (1 - ENOUGH) * whole:
            break
        least, cuts = _one_more(least, cuts, inside)
    edges = values[cuts[-1]]
    return np.asarray(len(edges) - np.searchsorted(edges, counts, side="right") + 1, np.intp)


def _inside(values: Floats, weight: Floats) -> Floats:
    """Sum of squares about the mean of the values from each place to each later one."""
    sums = [np.concatenate([[0.0], np.cumsum(weight * values**power)]) for power in range(3)]
    n, total, squares = (part[None, 1:] - part[:-1, None] for part in sums)
    return np.asarray(np.where(n > 0, squares - total**2 / np.where(n > 0, n, 1), 0).clip(0))


def _one_more(least: Floats, cuts: list[list[int]], inside: Floats) -> tuple[Floats, list[list[int]]]:
    """The least sum up to each place with one more group, and where its groups begin."""
    fewer, starts = [float(least[0])], [cuts[0]]
    for end in range(1, len(least)):
        sums = least[:end] + inside[1 : end + 1, end]
        best = int(sums.argmin())
        fewer.append(float(sums[best]))
        starts.append([*cuts[best], best + 1])
    return np.array(fewer), starts
