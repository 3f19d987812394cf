"""Which few workshops help most.

The number of cities that go up is not submodular in the set of workshops: for a city that lacks two criteria, the
second workshop can add what the first could not. A set built step by step therefore has no guarantee. It is improved by
exchanges, compared with every other set where those are few, and otherwise held against a bound.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice
from math import comb

import numpy as np
from numpy.typing import NDArray

from lib.stats.attendance import Aim, Bits, Needs, Reals
from lib.stats.bounds import bound

MOST_COMPARED = 15_000_000
"""Sets × kinds of cities that are compared one by one; about a tenth of a second."""
MOST_EXCHANGED = 2_000_000
"""The same for exchanges, of which there are several rounds."""
_PART = 50_000
_HAIR = 1e-6

Members = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A set of workshops (places of the units, the one that does most alone first) and what is known about it.

    `value`: expected number of cities that go up, or of criteria gained. No set of as many is worth more than `bound`,
    and `proven` says that this one reaches it. `stepwise`: the value of the set that was built step by step.
    `running`: the value of the first, of the first two, …; `without`: that of the set without each one.
    """

    chosen: Members
    value: float
    bound: float
    proven: bool
    stepwise: float
    running: Reals
    without: Reals


def best_plan(needs: Needs, units: Bits, workshops: int, success: float, *, level: bool) -> Plan:
    """The best set of `workshops` units (units × words) that can be found at once, and how good it is known to be."""
    workshops = min(workshops, len(units))
    sizes = np.sort(np.bitwise_count(units).sum(axis=1))
    aim = Aim(needs, int(sizes[len(units) - workshops :].sum()), success, level=level)
    first = _stepwise(aim, units, range(len(units)), workshops)
    stepwise = _worth(aim, units, first)
    few = comb(len(units), workshops) * len(aim.needs.lacking) <= MOST_COMPARED
    chosen = (_best_of_all if few else _exchanged)(aim, units, first)
    value = _worth(aim, units, chosen)
    most = value if few else max(value, bound(aim, units, workshops))
    chosen = _stepwise(aim, units, sorted(chosen), len(chosen))
    running = [chosen[: count + 1] for count in range(len(chosen))]
    without = [chosen[:place] + chosen[place + 1 :] for place in range(len(chosen))]
    values = aim.values(_unions(units, [*running, *without]))
    return Plan(chosen, value, most, most <= value + _HAIR, stepwise, values[: len(chosen)], values[len(chosen) :])


def _worth(aim: Aim, units: Bits, chosen: Members) -> float:
    return float(aim.values(_unions(units, [chosen]))[0])


def _unions(units: Bits, sets: Sequence[Members]) -> Bits:
    joined = np.zeros((len(sets), units.shape[1]), np.uint64)
    for row, members in enumerate(sets):
        joined[row] = np.bitwise_or.reduce(units[list(members)], axis=0)  # of nothing: no bits
    return joined


def _stepwise(aim: Aim, units: Bits, among: Sequence[int], workshops: int) -> Members:
    """One unit after another, each the one that adds most; of equals the one that brings cities furthest."""
    chosen: Members = ()
    while len(chosen) < workshops:
        left = [unit for unit in among if unit not in chosen]
        sets = _unions(units, [(*chosen, unit) for unit in left])
        best = np.lexsort((-np.arange(len(left)), aim.progress(sets), np.round(aim.values(sets), 6)))[-1]
        chosen = (*chosen, left[best])
    return chosen


def _exchanged(aim: Aim, units: Bits, chosen: Members) -> Members:
    """One unit exchanged for another, or two for two others, as long as that helps."""
    value = _worth(aim, units, chosen)
    while True:
        found = [_exchange(aim, units, chosen, many) for many in (1, 2)]
        best, most = max(found, key=lambda pair: pair[1])
        if most <= value + _HAIR:
            return chosen
        chosen, value = best, most


def _exchange(aim: Aim, units: Bits, chosen: Members, many: int) -> tuple[Members, float]:
    """The best set with `many` of the chosen exchanged, and its value; `chosen` and 0 where they are too many."""
    others = [unit for unit in range(len(units)) if unit not in chosen]
    kept = list(combinations(chosen, max(len(chosen) - many, 0)))
    new = list(combinations(others, min(many, len(chosen))))
    if not new or len(kept) * len(new) * len(aim.needs.lacking) > MOST_EXCHANGED:
        return chosen, 0.0
    sets = _unions(units, kept)[:, None, :] | _unions(units, new)[None, :, :]
    values = aim.values(sets.reshape(-1, units.shape[1]))
    place = int(values.argmax())
    return (*kept[place // len(new)], *new[place % len(new)]), float(values[place])


def _best_of_all(aim: Aim, units: Bits, first: Members) -> Members:
    """The best of all sets of that size; of equals `first`, else the earliest in the order of the units."""
    best, value = first, _worth(aim, units, first)
    for members in _in_parts(len(units), len(first)):
        values = aim.values(np.bitwise_or.reduce(units[members], axis=1))
        if values.max() > value + _HAIR:
            best, value = tuple(map(int, members[int(values.argmax())])), float(values.max())
    return best


def _in_parts(units: int, workshops: int) -> Iterator[NDArray[np.intp]]:
    """All sets of `workshops` (1 or more) of so many units: rows of places, not all at once."""
    every = combinations(range(units), workshops)
    for start in range(0, comb(units, workshops), _PART):
        rows = min(_PART, comb(units, workshops) - start)
        places = chain.from_iterable(islice(every, rows))
        yield np.fromiter(places, dtype=np.intp, count=rows * workshops).reshape(rows, workshops)
