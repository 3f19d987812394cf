"""One count among others, against Python's own statistics."""

from statistics import median, quantiles

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.stats.among import among

COUNTS = st.lists(st.tuples(st.integers(0, 43), st.none() | st.integers(0, 43)), min_size=2, max_size=40)


@given(counts=COUNTS, own=st.integers(0, 43))
def test_where_a_count_stands(counts: list[tuple[int, int | None]], own: int) -> None:
    now = [count for count, _ in counts]
    found = among(own, np.array(now, np.float64), np.array([before for _, before in counts], np.float64))
    assert (found.q1, found.median, found.q3) == pytest.approx(quantiles(now, n=4, method="inclusive"))
    assert (found.n, found.above) == (len(now), sum(count > own for count in now))
    assert (found.level, found.below) == (now.count(own), sum(count < own for count in now))
    changes = [count - before for count, before in counts if before is not None]
    assert found.both == len(changes)
    assert found.change == pytest.approx(median(changes) if changes else np.nan, nan_ok=True)


def test_without_a_count_of_its_own_or_anybody_else_it_stands_nowhere() -> None:
    nobody = among(7, np.empty(0), np.empty(0))
    assert np.isnan([nobody.q1, nobody.median, nobody.q3, nobody.change]).all()
    unscored = among(np.nan, np.array([1.0, 2.0]), np.array([np.nan, 1.0]))
    assert (unscored.above, unscored.level, unscored.below, unscored.both, unscored.change) == (0, 0, 0, 1, 1.0)
