"""What a set of workshops does for the cities that need them: criteria as bits, cities with equal needs together.

A city gains a criterion that it does not meet when the criterion is taught and the city succeeds, which happens with
one chance for all, independently. A city goes up when it gains at least as many criteria as it lacks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc

Bits = NDArray[np.uint64]
Reals = NDArray[np.float64]
Counts = NDArray[np.int64]

WORD = 64
_CHUNK = 1 << 17
"""Sets × kinds of cities that are looked at together: what fits into a processor's cache."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Kinds of cities: the criteria each can gain (kinds × words of bits), how many it lacks, how many cities."""

    gaps: Bits
    lacking: Counts
    cities: Counts

    @classmethod
    def grouped(cls, gaps: Bits, lacking: Counts) -> "Needs":
        """`gaps`: cities × words; `lacking`: per city."""
        rows = np.column_stack([gaps, lacking.astype(np.uint64)])
        kinds, counts = np.unique(rows, axis=0, return_counts=True)
        return cls(np.ascontiguousarray(kinds[:, :-1]), kinds[:, -1].astype(np.int64), counts.astype(np.int64))

    def within(self, most: int) -> "Needs":
        """Only those that can go up with `most` criteria taught."""
        able = (self.lacking <= most) & (np.bitwise_count(self.gaps).sum(axis=1) >= self.lacking)
        return Needs(self.gaps[able], self.lacking[able], self.cities[able])


def bits(rows: NDArray[np.bool_]) -> Bits:
    """Rows of yes and no as words of 64 bits: rows × words."""
    padded = np.pad(rows, ((0, 0), (0, -rows.shape[1] % WORD)))
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def going_up(lacking: Counts | int, attended: Counts, success: float) -> Reals:
    """The chance of at least `lacking` (1 or more) successes in so many criteria attended, each with one chance."""
    short = np.asarray(lacking) - 1
    return np.where(attended > short, bdtrc(short, np.maximum(attended, short + 1), success), 0.0)


class Aim:
    """What a set of workshops is judged by: the cities that go up (`level`), else the criteria gained; expectations."""

    def __init__(self, needs: Needs, taught: int, success: float, *, level: bool) -> None:
        self.needs = needs.within(taught) if level else needs
        self.success, self.level = success, level
        most = int(self.needs.lacking.max(initial=0))
        self.tails = going_up(np.maximum(np.arange(most + 1), 1)[:, None], np.arange(taught + 1)[None, :], success)
        # In the smallest types that hold them: this is the innermost loop of the search.
        self._lacking = np.minimum(self.needs.lacking, 255).astype(np.uint8)
        self._cities = self.needs.cities.astype(np.float64)
        self._flat, self._row = self.tails.ravel(), self.needs.lacking * (taught + 1)

    def values(self, sets: Bits) -> Reals:
        """The value of each set (sets × words)."""
        step = max(1, _CHUNK // max(len(self.needs.lacking), 1))
        parts = [self._values(sets[start : start + step]) for start in range(0, len(sets), step)]
        return np.concatenate([np.zeros(0), *parts])

    def progress(self, sets: Bits) -> Reals:
        """How far cities come on their way, to choose between equals: one that can gain all it lacks counts as 1."""
        lacking = np.maximum(self.needs.lacking, 1)
        return np.asarray((np.minimum(self._attended(sets), lacking) / lacking) @ self.needs.cities)

    def _values(self, sets: Bits) -> Reals:
        attended = self._attended(sets)
        if not self.level:
            return np.asarray(attended.astype(np.float64) @ self._cities * self.success)
        if self.success == 1:
            return np.asarray((attended >= self._lacking).astype(np.float64) @ self._cities)
        return np.asarray(self._flat.take(self._row + attended) @ self._cities)

    def _attended(self, sets: Bits) -> Counts:
        """How many criteria each kind of city can gain from each set: sets × kinds."""
        found = np.bitwise_count(sets[:, None, 0] & self.needs.gaps[None, :, 0])
        for word in range(1, sets.shape[1]):
            found = found + np.bitwise_count(sets[:, None, word] & self.needs.gaps[None, :, word])
        return np.asarray(found)
