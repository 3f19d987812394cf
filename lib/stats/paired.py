"""A mean change of the same things measured twice, and how sure it is."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]

CONFIDENCE = 0.95


def mean_interval(mean: ArrayLike, deviation: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """Low and high of the 95 % interval of a mean change, from the changes' mean, standard deviation and number.

    Student's t for paired measurements (the deviation is that of the n differences, divided by n − 1). NaN where fewer
    than two were measured, or all changed alike: the interval would be a point, a certainty that nobody has.
    """
    middle, spread = np.asarray(mean, np.float64), np.asarray(deviation, np.float64)
    count = np.asarray(n, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = stdtrit(count - 1, (1 + CONFIDENCE) / 2) * spread / np.sqrt(count)
    reach = np.where((count > 1) & (spread > 0), reach, np.nan)
    return middle - reach, middle + reach
