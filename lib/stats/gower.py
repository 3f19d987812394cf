"""How unlike two things are that are described by numbers and by categories (Gower 1971, Biometrics 27, 857–871)."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def gower(own: Floats, others: Floats, spans: Floats, weights: Floats) -> Floats:
    """The distance of each of `others` to `own`, from 0 (alike in all that is known of both) to 1.

    `own` (k), `others` (n × k): a column is a number, or the code of a category; NaN = not known. `spans` (k): the
    range of a number over everybody, NaN for a category, which is alike or not. `weights` (k): not negative. What is
    not known of one of the two is left out for that pair; NaN where nothing with a weight is known of both.
    """
    apart, known = np.abs(others - own), ~np.isnan(others - own)
    numbers = np.divide(apart, spans, out=np.zeros_like(apart), where=(spans > 0) & known)
    unlike = np.where(np.isnan(spans), (known & (apart > 0)).astype(np.float64), np.minimum(numbers, 1.0))
    counted = np.where(known, weights, 0.0)
    total = counted.sum(axis=1)
    far: Floats = np.full(len(others), np.nan)
    np.divide((unlike * counted).sum(axis=1), total, out=far, where=total > 0)
    return far
