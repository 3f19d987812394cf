"""Criteria as items of a test: how well each tells strong cities from weak ones."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

LEAST = 30
"""Cities from which an item-rest correlation is given; below, chance moves it by more than ±0.36."""
ANSWERED = 0.5
"""A city's rest score stands for it when it has answered at least this share of the other criteria."""

_Z = float(ndtri(0.975))


@dataclass(frozen=True, slots=True)
class Discrimination:
    """Per criterion: item-rest correlation r with the ends of its 95 % interval, and the cities behind it.

    r is NaN under LEAST cities, and where all of them answer alike: then there is nothing to tell apart.
    """

    r: Floats
    low: Floats
    high: Floats
    cities: NDArray[np.int64]


def item_rest(met: Flags, answered: Flags) -> Discrimination:
    """Correlation of each criterion (0 or 1) with the share met of the *other* criteria that a city answered.

    `met`, `answered`: cities × criteria. The item itself is left out of the rest, or it would correlate with itself;
    what a city did not answer is left out of both, and a city that left out most of the others is not counted. Where
    everything is answered this is the corrected item-total correlation of the textbooks. Interval: Fisher's z.
    """
    usable, rest = _rest_scores(met, answered)
    cities = usable.sum(axis=0)
    r = _correlation(met.astype(np.float64), rest, usable)
    r = np.where(cities >= LEAST, r, np.nan)
    low, high = fisher_z(r, cities)
    return Discrimination(r, low, high, cities)


def fisher_z(r: Floats, n: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Ends of the 95 % interval of a correlation from n pairs, by Fisher's transformation; NaN where r is."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z, reach = np.arctanh(r), _Z / np.sqrt(np.maximum(n - 3.0, 1))
    return np.tanh(z - reach), np.tanh(z + reach)


def _rest_scores(met: Flags, answered: Flags) -> tuple[Flags, Floats]:
    """Which cities count for which criterion, and the share met of the others; both cities × criteria."""
    others = answered.sum(axis=1, keepdims=True) - answered
    points = (met & answered).sum(axis=1, keepdims=True) - (met & answered)
    usable = answered & (others >= max(ANSWERED * (met.shape[1] - 1), 1))
    return usable, points / np.maximum(others, 1)


def _correlation(x: Floats, y: Floats, on: Flags) -> Floats:
    """Pearson's r of each column of x with that of y over the rows where `on`; NaN where either does not vary."""
    n = np.maximum(on.sum(axis=0), 1)
    dx, dy = (np.where(on, values - np.where(on, values, 0).sum(axis=0) / n, 0) for values in (x, y))
    spread = np.sqrt((dx**2).sum(axis=0) * (dy**2).sum(axis=0))
    flat = spread <= 1e-9 * n
    return np.where(flat, np.nan, (dx * dy).sum(axis=0) / np.where(flat, 1, spread))
