"""How far apart two rates are: differences of proportions with their 95 % intervals, and an exact test."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

Floats = NDArray[np.float64]

_HAIR = 1 + 1e-7
"""Tables as likely as the one seen count as extreme as it, whatever the last digit of either probability."""


def wilson(met: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """Ends of the Wilson 95 % interval of each rate met ÷ n; NaN of nobody. As the database's wilson_low and
    wilson_high; here for counts that are in Python already, for planning the two takes longer than all else of them.
    """
    met_, n_ = np.broadcast_arrays(np.asarray(met, np.float64), np.asarray(n, np.float64))
    low, high = proportion_confint(met_, np.where(n_ > 0, n_, np.nan), method="wilson")
    return np.where(met_ > 0, low, low * 0), np.where(met_ < n_, high, high * 0 + 1)


def newcombe(met: ArrayLike, n: ArrayLike, other_met: ArrayLike, other_n: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Difference of two independent rates (met ÷ n − other_met ÷ other_n) with the ends of its 95 % interval.

    Each rate's Wilson interval gives its share of the uncertainty. NaN where either group is empty. Source: Newcombe,
    Statistics in Medicine 17 (1998) 873–890, method 10.
    """
    counts = [np.asarray(count, np.float64) for count in (met, n, other_met, other_n)]
    known = (counts[1] > 0) & (counts[3] > 0)
    met_, n_, other_met_, other_n_ = (np.where(known, count, np.nan) for count in counts)
    low, high = confint_proportions_2indep(met_, n_, other_met_, other_n_, method="newcomb")
    return met_ / n_ - other_met_ / other_n_, *_within(low, high)


def newcombe_paired(both: ArrayLike, first: ArrayLike, second: ArrayLike, neither: ArrayLike) -> tuple[Floats, ...]:
    """Difference of two rates of the same cities (first − second) with the ends of its 95 % interval.

    Counts of cities that meet it both times, only the first, only the second time, and neither. NaN where there are
    none. Source: Newcombe, Statistics in Medicine 17 (1998) 2635–2650, method 10.
    """
    a, b, c, d = (np.asarray(count, np.float64) for count in (both, first, second, neither))
    n = np.where(a + b + c + d > 0, a + b + c + d, np.nan)
    rate, other = (a + b) / n, (a + c) / n
    low, high = proportion_confint(a + b, n, method="wilson")
    other_low, other_high = proportion_confint(a + c, n, method="wilson")
    phi = _phi(a, b, c, d)
    down = _joined(rate - low, other_high - other, phi)
    up = _joined(high - rate, other - other_low, phi)
    return rate - other, *_within(rate - other - down, rate - other + up)


def _within(low: ArrayLike, high: ArrayLike) -> tuple[Floats, Floats]:
    """The ends of an interval, which rounding may put beyond what a difference of rates can be."""
    return np.maximum(low, -1.0), np.minimum(high, 1.0)


def fisher_exact(met: ArrayLike, n: ArrayLike, other_met: ArrayLike, other_n: ArrayLike) -> Floats:
    """Two-sided p of Fisher's exact test for each pair of groups, one-dimensional; 1 where either is empty.

    The probability, given the margins, of the tables that are no likelier than the one seen: `scipy.stats.fisher_exact`
    for many tables at once, which there would take seconds for groups of thousands.
    """
    counts = (np.atleast_1d(np.asarray(count, np.int64)) for count in (met, n, other_met, other_n))
    hits, size, other_hits, other_size = np.broadcast_arrays(*counts)
    met_in_all, whole = hits + other_hits, size + other_size
    possible = np.arange(int(size.max(initial=0)) + 1)
    cells = (
        possible,
        met_in_all[:, None] - possible,
        size[:, None] - possible,
        other_size[:, None] - met_in_all[:, None] + possible,
    )
    factorials = gammaln(np.arange(int(whole.max(initial=0)) + 1) + 1.0)
    impossible = np.any([np.broadcast_to(cell, cells[1].shape) < 0 for cell in cells], axis=0)
    likely = np.where(impossible, -np.inf, -sum(factorials.take(cell, mode="clip") for cell in cells))
    likely = np.exp(likely - likely.max(axis=1, keepdims=True))
    as_extreme = likely <= np.take_along_axis(likely, hits[:, None], axis=1) * _HAIR
    p: Floats = np.where(as_extreme, likely, 0).sum(axis=1) / likely.sum(axis=1)
    return p


def _phi(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    """How the two times go together, corrected for continuity; 0 where it cannot be told."""
    product, half = a * d - b * c, (a + b + c + d) / 2
    corrected = np.where(product > half, product - half, np.minimum(product, 0))
    spread = np.sqrt((a + b) * (c + d) * (a + c) * (b + d))
    return np.divide(corrected, spread, out=np.zeros_like(spread), where=spread > 0)


def _joined(one: Floats, other: Floats, phi: Floats) -> Floats:
    """Two arms of uncertainty as one. Rounding may leave a hair below zero under the root."""
    arm: Floats = np.sqrt(np.maximum(one**2 - 2 * phi * one * other + other**2, 0))
    return arm
