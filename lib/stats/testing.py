"""Tests of whether something changed, and what many tests together may claim."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr
from scipy.stats import false_discovery_control

Floats = NDArray[np.float64]


def mcnemar_exact(gained: ArrayLike, lost: ArrayLike) -> Floats:
    """Two-sided exact McNemar p for each pair of counts: could as many have gained as lost, by chance alone?

    Of the gained + lost that changed, half gain if nothing drives it: twice the smaller tail of that binomial, at most
    1; 1 where nobody changed. Source: McNemar, Psychometrika 12 (1947) 153–157; the exact form is that of
    `statsmodels.stats.contingency_tables.mcnemar`, one pair at a time.
    """
    up, down = np.broadcast_arrays(np.asarray(gained, np.float64), np.asarray(lost, np.float64))
    tail: Floats = bdtr(np.minimum(up, down), (up + down).astype(np.int64), 0.5)
    return np.minimum(1.0, 2 * tail)


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """The adjusted p (q) of each test among all of them: those with q ≤ 0.1 hold at most 10 % false finds, on average.

    NaN, a test that could not be made, stays NaN and counts for nothing. Source: Benjamini and Hochberg, Journal of the
    Royal Statistical Society B 57 (1995) 289–300.
    """
    given = np.asarray(p, np.float64)
    made = ~np.isnan(given)
    adjusted = np.full(given.shape, np.nan)
    if made.any():
        adjusted[made] = false_discovery_control(given[made])
    return adjusted
