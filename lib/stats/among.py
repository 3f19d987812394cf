"""Where one count stands among others: their middle half and median, and how many are above, level with and below."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Among:
    """The others (`n` of them): q1, median, q3 (NaN of nobody); how many of them are above one's own count, level with
    it and below it; of those known twice (`both`) the median change (NaN of nobody)."""

    n: int
    q1: float
    median: float
    q3: float
    above: int
    level: int
    below: int
    both: int
    change: float


def among(own: float, others: Floats, before: Floats) -> Among:
    """`own` (NaN = none) among `others`; `before`: what these had earlier, NaN = not known."""
    changes = (others - before)[~np.isnan(before)]
    q1, median, q3 = _quantiles(others, 0.25, 0.5, 0.75)
    above, level, below = (int(np.count_nonzero(side)) for side in (others > own, others == own, others < own))
    (change,) = _quantiles(changes, 0.5)
    return Among(len(others), q1, median, q3, above, level, below, len(changes), change)


def _quantiles(values: Floats, *shares: float) -> list[float]:
    """Between two neighbours by how near each is (type 7 of Hyndman and Fan 1996), as DuckDB's quantile_cont."""
    if not len(values):
        return [np.nan] * len(shares)
    last = len(values) - 1
    return [float(found) for found in np.interp([share * last for share in shares], range(last + 1), np.sort(values))]
