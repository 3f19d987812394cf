"""How much of a change was to be expected from where it started: regression to the mean."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import linregress

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Expectation:
    """The straight line through scores now by scores before; `r` is their correlation.

    All NaN where fewer than three cities, or cities that all started alike, leave no line to draw.
    """

    slope: float
    intercept: float
    r: float

    def change(self, before: Floats) -> Floats:
        """The change that cities with these scores made on average: the line's value less the start."""
        return self.intercept + (self.slope - 1) * before


def expected_change(before: Floats, now: Floats) -> Expectation:
    """The expectation of the cities in `before` and `now` (same order, no NaN).

    Least squares. With r below 1 those who started low are expected to gain and those who started high to lose against
    the others, without anything having been done: Galton's regression towards mediocrity (1886).
    """
    if before.size < 3 or np.ptp(before) == 0:  # noqa: PLR2004  (a line through two points fits whatever they are)
        return Expectation(float("nan"), float("nan"), float("nan"))
    line = linregress(before, now)
    return Expectation(float(line.slope), float(line.intercept), float(line.rvalue))
