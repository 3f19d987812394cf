"""The interval of a mean against a textbook's example and SciPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lib.stats.means import share_interval


def interval(shares: list[float]) -> tuple[float, float]:
    values = np.array(shares)
    spread = values.std(ddof=1) if len(values) > 1 else np.nan
    low, high = share_interval(np.array([values.mean()]), np.array([spread]), np.array([float(len(values))]))
    return float(low[0]), float(high[0])


def test_a_worked_example() -> None:
    """NIST/SEMATECH e-Handbook 1.3.5.2, ZARR13.DAT: 195 values, mean 9.261460, s 0.022789, 9.258242 to 9.264679.

    Moved below 1, since shares are: the interval moves with the mean.
    """
    low, high = share_interval(np.array([0.261460]), np.array([0.022789]), np.array([195.0]))
    assert (low[0], high[0]) == pytest.approx((0.258242, 0.264679), abs=1e-6)


@given(st.lists(st.floats(0.3, 0.7), min_size=2, max_size=30).filter(lambda shares: np.ptp(shares) > 1e-6))
def test_as_scipy_has_it(shares: list[float]) -> None:
    mean, error = np.mean(shares), stats.sem(shares)
    expected = stats.t.interval(0.95, len(shares) - 1, mean, error)
    assert interval(shares) == pytest.approx(np.clip(expected, 0, 1))


@pytest.mark.parametrize("shares", [[0.5], [0.0, 0.0, 0.0], [1.0] * 9])
def test_without_spread_there_is_no_interval(shares: list[float]) -> None:
    assert np.isnan(interval(shares)).all()


def test_an_interval_of_shares_ends_at_nothing_and_at_all() -> None:
    assert interval([0.0, 0.0, 1.0]) == (0.0, 1.0)
