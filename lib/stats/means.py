"""Means of shares and how sure they are; a mean change may be negative and has lib.stats.paired."""

import numpy as np
from numpy.typing import NDArray

from lib.stats import paired

Floats = NDArray[np.float64]


def share_interval(mean: Floats, spread: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Ends of the 95 % t interval of means of shares (0..1, and cut off there), all of one length.

    `spread` is the sample standard deviation (n − 1), `n` how many shares. NaN where there is no mean, fewer than two
    shares, or no spread: where all are equal, the interval would be a point and say a certainty that nobody has.
    """
    low, high = paired.mean_interval(mean, spread, n)
    return np.clip(low, 0, 1), np.clip(high, 0, 1)
