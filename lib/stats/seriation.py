"""Orders that show the pattern of a matrix: similar rows side by side, and the groups they fall into.

Rows are profiles: one value per column, NaN where nothing is known. Two rows are as far apart as the root of the mean
squared difference over the columns that both have; rows without a column in common are as far apart as the furthest.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import cdist, squareform

from lib.stats.leaves import best_order

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]

MOST = 2000
"""So many rows are all clustered; of more, a sample is."""
SAMPLE = 800
BLOCK = 250
"""Leaves that are put in their best order at once: optimal leaf ordering takes the cube of their number."""
AT_ONCE = 2**21
"""So many differences are held in memory together, else column by column."""
FEWEST = 10
"""Rows under which no groups are looked for."""
GROUPS = range(3, 7)
"""How many groups a reader is shown: two only say "high" and "low", as the order by score does."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Rows in their order, and their groups (by row, numbered from 1 as they come in that order).

    `silhouette` says how far the groups stand apart (mean width, Rousseeuw 1987: 1 = clearly, 0 = not at all), NaN for
    a single group. `clustered` rows were clustered, every other one stands beside the one of these most like it.
    """

    order: Whole
    group: Whole
    silhouette: float
    clustered: int


def pattern(profiles: Floats) -> Pattern:
    """Rows of `profiles` by hierarchical clustering (Ward) with optimal leaf ordering, the higher end first."""
    found = _clustered(profiles) if len(profiles) <= MOST else _sampled(profiles)
    level = _level(profiles)[found.order]
    if np.sum((np.arange(len(level)) - (len(level) - 1) / 2) * level) > 0:
        found = Pattern(found.order[::-1], found.group, found.silhouette, found.clustered)
    return Pattern(found.order, _renumbered(found.group, found.order), found.silhouette, found.clustered)


def between(some: Floats, others: Floats) -> Floats:
    """Distance of each row of `some` from each of `others`, on what both have."""
    far = cdist(np.nan_to_num(some), np.nan_to_num(others)) / np.sqrt(max(some.shape[1], 1))
    gaps, other_gaps = (np.isnan(rows).any(axis=1) for rows in (some, others))
    far[gaps] = _on_common(some[gaps], others)
    far[:, other_gaps] = _on_common(some, others[other_gaps])
    return np.asarray(np.where(np.isfinite(far), far, np.max(far, where=np.isfinite(far), initial=0)))


def _on_common(some: Floats, others: Floats) -> Floats:
    """The same, infinite where two rows have nothing in common."""
    if some.size * len(others) <= AT_ONCE:
        apart = some[:, None] - others[None]
        common = np.isfinite(apart).sum(axis=2)
        return np.where(common > 0, np.sqrt(np.nansum(apart**2, axis=2) / np.maximum(common, 1)), np.inf)
    squares, common = np.zeros((2, len(some), len(others)))
    for one, other in zip(some.T, others.T, strict=True):
        apart = np.subtract.outer(one, other)
        known = np.isfinite(apart)
        squares += np.where(known, apart * apart, 0)
        common += known
    return np.where(common > 0, np.sqrt(squares / np.maximum(common, 1)), np.inf)


def silhouette(far: Floats, group: Whole) -> float:
    """Mean silhouette width of groups (1, 2, …) given every row's distance from every other; 0 for a row on its own."""
    rows, sizes = np.arange(len(far)), np.bincount(group)[1:]
    sums = _sums(far, group)
    own = sizes[group - 1]
    within = sums[rows, group - 1] / np.maximum(own - 1, 1)
    means = sums / sizes
    means[rows, group - 1] = np.inf
    nearest = means.min(axis=1)
    most = np.maximum(within, nearest)
    return float(np.where((own > 1) & (most > 0), (nearest - within) / np.where(most > 0, most, 1), 0).mean())


def _sums(far: Floats, group: Whole) -> Floats:
    """Sum of each row's distances from the rows of each group: rows × groups. `far` is symmetric."""
    return np.stack([far[group == number].sum(axis=0) for number in range(1, group.max() + 1)], axis=1)


def _clustered(profiles: Floats) -> Pattern:
    rows = np.arange(len(profiles))
    far = between(profiles, profiles)
    far = (far + far.T) / 2
    np.fill_diagonal(far, 0)
    cuts = _cuts(far) if len(rows) >= FEWEST and far.any() else []
    if not cuts:
        return Pattern(_ordered(far, rows), np.ones_like(rows), np.nan, len(rows))
    widths = [silhouette(far, cut) for cut in cuts]
    best = int(np.argmax(widths))
    order = _leaves(far, rows) if len(rows) <= BLOCK else _in_blocks(far, rows, cuts[best])
    return Pattern(order, cuts[best], widths[best], len(rows))


def _cuts(far: Floats) -> list[Whole]:
    """The tree cut into as many groups as a reader is shown; ties may leave fewer, but one is no cut."""
    tree = linkage(squareform(far, checks=False), "ward")
    cuts = (fcluster(tree, count, "maxclust").astype(np.intp) for count in GROUPS)
    return [cut for cut in cuts if cut.max() > 1]


def _sampled(profiles: Floats) -> Pattern:
    """The pattern of rows taken evenly from the lowest to the highest, the others beside the most similar of them."""
    level = _level(profiles)
    by_level = np.argsort(level, kind="stable")
    taken = by_level[np.linspace(0, len(level) - 1, SAMPLE).round().astype(np.intp)]
    found = _clustered(profiles[taken])
    place = np.empty(SAMPLE, np.intp)
    place[found.order] = np.arange(SAMPLE)
    parts = np.array_split(profiles, -(-len(profiles) // SAMPLE))
    like = np.concatenate([between(part, profiles[taken]).argmin(axis=1) for part in parts])
    like[taken] = np.arange(SAMPLE)
    return Pattern(np.lexsort((-level, place[like])), found.group[like], found.silhouette, SAMPLE)


def _ordered(far: Floats, rows: Whole) -> Whole:
    """`rows` so that neighbours are alike: at once where there are few, else in blocks of a tree, then inside each."""
    if len(rows) <= BLOCK:
        return _leaves(far, rows)
    tree = linkage(squareform(far[np.ix_(rows, rows)], checks=False), "ward")
    return _in_blocks(far, rows, fcluster(tree, BLOCK // 2, "maxclust"))


def _in_blocks(far: Floats, rows: Whole, block: Whole) -> Whole:
    """Blocks in the best order of their mean distances, each in its own order and turned towards the one before it."""
    members = [rows[block == number] for number in range(1, block.max() + 1)]
    if len(members) == 1:
        return rows
    sums = np.stack([far[part].mean(axis=0) for part in members])
    apart = np.stack([sums[:, part].mean(axis=1) for part in members], axis=1)
    np.fill_diagonal(apart, 0)
    placed: list[Whole] = []
    for part in _leaves((apart + apart.T) / 2, np.arange(len(members))):
        inside = _ordered(far, members[part])
        turned = placed and far[placed[-1][-1], inside[-1]] < far[placed[-1][-1], inside[0]]
        placed.append(inside[::-1] if turned else inside)
    return np.concatenate(placed)


def _leaves(far: Floats, rows: Whole) -> Whole:
    """`rows` as the leaves of their tree, in the best of the orders that the tree allows."""
    if len(rows) <= 2:  # noqa: PLR2004  (one or two have one order)
        return rows
    inside = far[np.ix_(rows, rows)]
    return np.asarray(rows[best_order(linkage(squareform(inside, checks=False), "ward"), inside)])


def _level(profiles: Floats) -> Floats:
    """The mean of each row, 0 where nothing is known."""
    known = np.isfinite(profiles)
    return np.asarray(np.nan_to_num(profiles).sum(axis=1) / np.maximum(known.sum(axis=1), 1))


def _renumbered(group: Whole, order: Whole) -> Whole:
    """Groups numbered from 1 as they come in the order."""
    _, first, code = np.unique(group[order], return_index=True, return_inverse=True)
    numbered = np.empty_like(group)
    numbered[order] = (np.argsort(np.argsort(first)) + 1)[code]
    return numbered
