"""Which cells of several tables of counts stay empty, so that none that is too small follows from the others.

The tables count the same units, each grouped by another attribute, and how many there are in all is known. Whoever has
the tables can add and subtract: a cell is told where its units' indicator is in the span of those of the cells shown.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Numbers = NDArray[np.floating[Any] | np.integer[Any]]
_NIL = 1e-6


@dataclass(frozen=True, slots=True)
class Counted:
    """What the tables count of one question.

    `inside` has a row per group of any attribute and a column per kind of unit (alike in all attributes); `of` says
    which attribute a group is of. A unit is in one group of each. `answered` and `met` are units of each kind.
    """

    inside: Bools
    of: Numbers
    answered: Numbers
    met: Numbers

    def sizes(self, sets: Bools) -> Numbers:
        """How many answered, in each set of kinds."""
        return sets.astype(float) @ self.answered

    def passed(self, sets: Bools) -> Numbers:
        """How many met it, in each set of kinds."""
        return sets.astype(float) @ self.met


def withheld(counted: Counted, minimum: int, *, even: bool) -> Bools:
    """The groups whose cells stay empty, where fewer than `minimum` of them answered or this is needed to hide those.

    `even`: also those all or none of whom met it. What no other empty cell can hide (it follows from the total) is
    empty nevertheless; groups of whom nobody answered are not among them.
    """
    known = counted.answered > 0
    kinds = Counted(counted.inside[:, known], counted.of, counted.answered[known], counted.met[known])
    risky = _risky(kinds, kinds.inside, minimum, even=even)
    hidden = risky.copy()
    while (more := _needed(kinds, hidden, risky, minimum, even=even) & ~hidden).any():
        hidden |= more
    return hidden


def _risky(kinds: Counted, sets: Bools, minimum: int, *, even: bool) -> Bools:
    """Somebody is there, but too few, or all are alike."""
    sizes, passed = kinds.sizes(sets), kinds.passed(sets)
    alike = (passed == 0) | (passed == sizes)
    told: Bools = (sizes > 0) & ((sizes < minimum) | (alike if even else False))
    return told


def _needed(kinds: Counted, hidden: Bools, risky: Bools, minimum: int, *, even: bool) -> Bools:
    """What else has to be empty; nothing where the rest tells no more than it may."""
    more = _left_over(kinds, hidden, minimum, even=even)
    return more if more.any() else _following(kinds, hidden, risky, minimum)


def _left_over(kinds: Counted, hidden: Bools, minimum: int, *, even: bool) -> Bools:
    """Of all, and of each group shown, take away the groups of an attribute within it that are shown: who is left?

    Where those are too few, the smallest of the groups taken away.
    """
    shown = kinds.inside & ~hidden[:, None]
    wholes = np.vstack([np.ones((1, shown.shape[1]), bool), shown[~hidden]])
    sizes, more = kinds.sizes(kinds.inside), np.zeros(len(hidden), bool)
    for attribute in np.unique(kinds.of):
        places = np.flatnonzero((kinds.of == attribute) & ~hidden & (sizes > 0))
        parts = shown[places].astype(float)
        within = (1.0 - wholes) @ parts.T == 0
        left = wholes & ~(within.astype(float) @ parts > 0)
        for whole in np.flatnonzero(_risky(kinds, left, minimum, even=even) & within.any(axis=1)):
            taken = places[within[whole]]
            more[taken[np.argmin(sizes[taken])]] = True
    return more


def _following(kinds: Counted, hidden: Bools, risky: Bools, minimum: int) -> Bools:
    """Is a risky group, or a kind of few units, a sum and difference of what is told? The smallest cell to blame."""
    sizes, more = kinds.sizes(kinds.inside), np.zeros(len(hidden), bool)
    shown = ~hidden & (sizes > 0)
    alike, basis = _told(kinds, shown)
    few = np.flatnonzero((kinds.answered < minimum) & ~alike & ((basis**2).sum(axis=0) > 1 - _NIL))
    groups = np.flatnonzero(risky)[_follows(kinds.inside[risky] & ~alike, basis)]
    blamed = [shown & kinds.inside[:, kind] for kind in few] + [
        shown & (kinds.of == kinds.of[group]) for group in groups
    ]
    for cells in blamed:
        places = np.flatnonzero(cells if cells.any() else shown)
        if len(places):
            more[places[np.argmin(sizes[places])]] = True
    return more


def _told(kinds: Counted, shown: Bools) -> tuple[Bools, Numbers]:
    """The kinds in shown cells where all are alike; of the others, an orthonormal basis of total and shown cells."""
    cells = kinds.inside[shown]
    passed, sizes = kinds.passed(cells), kinds.sizes(cells)
    alike = cells[(passed == 0) | (passed == sizes)].any(axis=0)
    sums = (np.vstack([np.ones((1, cells.shape[1]), bool), cells]) & ~alike).astype(float)
    weights, turned = np.linalg.eigh(sums @ sums.T)
    kept = weights > _NIL * max(float(weights.max()), 1.0)
    return alike, (turned[:, kept] / np.sqrt(weights[kept])).T @ sums


def _follows(sets: Bools, basis: Numbers) -> Bools:
    """Which indicators are in the span of the basis; that of nobody is."""
    vectors = sets.astype(float)
    norms = (vectors**2).sum(axis=1)
    told: Bools = norms - ((vectors @ basis.T) ** 2).sum(axis=1) < _NIL * np.maximum(norms, 1.0)
    return told
