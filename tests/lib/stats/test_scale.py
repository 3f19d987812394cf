"""Guttman scales: a perfect one, an example by hand, and the definition in plain Python."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lib.stats.scale import ENOUGH, bands, guttman

ANSWERS = st.sampled_from([0.0, 1.0, 1.0, float("nan")])
TABLES = st.tuples(st.integers(1, 8), st.integers(1, 6)).flatmap(lambda size: arrays(float, size, elements=ANSWERS))


def test_a_perfect_scale_is_a_staircase() -> None:
    met = np.tri(5, 4, -1)[[2, 0, 4, 1, 3]][:, [2, 0, 3, 1]]
    found = guttman(met)
    np.testing.assert_array_equal(met[found.rows][:, found.columns], np.tri(5, 4, -1)[::-1])
    assert found.reproducibility == 1


def test_errors_are_counted_as_goodenough_and_edwards_do() -> None:
    """Three answer patterns of four questions; 1011 has the count 3, which foretells 1110: two errors of twelve."""
    met = np.array([[1, 1, 1, 0], [1, 0, 1, 1], [1, 1, 0, 0]], float)
    found = guttman(met)
    assert found.columns.tolist() == [0, 1, 2, 3]
    assert found.reproducibility == pytest.approx(1 - 2 / 12)
    assert found.marginal == pytest.approx((3 + 2 + 2 + 2) / 12)


@given(TABLES)
def test_reproducibility_by_its_definition(met: np.ndarray) -> None:
    found = guttman(met)
    assert sorted(found.rows) == list(range(len(met)))
    counts = np.nansum(met, axis=1)
    assert (np.diff(counts[found.rows]) <= 0).all()
    errors = answers = 0
    for row in met:
        given_answers = [row[column] for column in found.columns if np.isfinite(row[column])]
        score = sum(given_answers)
        errors += sum((place < score) != bool(answer) for place, answer in enumerate(given_answers))
        answers += len(given_answers)
    if answers:
        assert found.reproducibility == pytest.approx(1 - errors / answers)
    else:
        assert np.isnan(found.reproducibility)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=25))
def test_bands_are_the_fewest_that_hold_enough_of_the_variance(counts: list[int]) -> None:
    values = np.array(counts)
    group = bands(values)
    assert group.min() == 1
    assert all(values[group == one].min() > values[group == one + 1].max() for one in range(1, group.max()))

    def inside(labels: np.ndarray) -> float:
        return float(sum(((values[labels == one] - values[labels == one].mean()) ** 2).sum() for one in set(labels)))

    def least(number: int) -> float:
        cuts = combinations(sorted(set(counts))[1:], number - 1)
        return min(inside(np.searchsorted(np.array(cut), values, side="right")) for cut in cuts)

    whole = inside(np.ones_like(values))
    number = int(group.max())
    assert inside(group) == pytest.approx(least(number), abs=1e-9)
    if number > 1:
        assert least(number - 1) > (1 - ENOUGH) * whole
