"""Means and how sure they are."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]
_TAIL = 0.975


def mean_interval(mean: Floats, spread: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Ends of the 95 % t interval of means of shares (0..1, and cut off there), all of one length.

    `spread` is the sample standard deviation (n − 1), `n` how many shares. NaN where there is no mean, fewer than two
    shares, or no spread: where all are equal, the interval would be a point and say a certainty that nobody has.
    """
    known = (n > 1) & (spread > 0)
    freedom, size = np.where(known, n - 1, np.nan), np.where(known, n, np.nan)
    reach = stdtrit(freedom, _TAIL) * spread / np.sqrt(size)
    return np.clip(mean - reach, 0, 1), np.clip(mean + reach, 0, 1)
