"""Differences of two rates against the papers that define them, statsmodels and SciPy."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import fisher_exact as one_table

from lib.stats.intervals import fisher_exact, newcombe, newcombe_paired, wilson
from tests.conftest import opened

GROUP = st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_wilson_is_that_of_the_database(demo_database: Path) -> None:
    pairs = [(met, n) for n in range(60) for met in range(n + 1)]
    with opened(demo_database) as connection:
        told = connection.execute(
            "select wilson_low(met, n), wilson_high(met, n) from (select unnest($met) as met, unnest($n) as n)",
            {"met": [met for met, _ in pairs], "n": [n for _, n in pairs]},
        ).fetchnumpy()
    low, high = wilson(*zip(*pairs, strict=True))
    for ours, theirs in zip((low, high), told.values(), strict=True):
        np.testing.assert_allclose(ours, np.ma.filled(theirs.astype(float), np.nan), atol=1e-7)
    assert {low[place] for place, (met, n) in enumerate(pairs) if met == 0 < n} == {0.0}
    assert {high[place] for place, (met, n) in enumerate(pairs) if met == n > 0} == {1.0}


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [  # Newcombe (1998), Statistics in Medicine 17, 873–890, table II, method 10
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
    ],
)
def test_newcombe_prints_the_intervals_of_his_paper(counts: tuple[int, ...], low: float, high: float) -> None:
    difference, *ends = newcombe(*counts)
    assert difference == pytest.approx(counts[0] / counts[1] - counts[2] / counts[3])
    assert ends == pytest.approx([low, high], abs=5e-5)


@given(one=GROUP, other=GROUP)
def test_turning_the_groups_round_turns_the_interval_round(one: tuple[int, int], other: tuple[int, int]) -> None:
    difference, low, high = newcombe(*one, *other)
    back = newcombe(*other, *one)
    assert np.array([difference, low, high]) == pytest.approx(-np.array([back[0], back[2], back[1]]), nan_ok=True)
    assert np.isnan(difference) == (one[1] == 0 or other[1] == 0)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((14, 5, 0, 22), 0.011, 0.226),  # Altman, Machin, Bryant and Gardner (2000), Statistics with Confidence, 6.2
        ((36, 12, 2, 0), 0.0569, 0.3404),  # Newcombe (1998), Statistics in Medicine 17, 2635–2650, table II, method 10
    ],
)
def test_paired_rates_have_the_intervals_of_the_literature(counts: tuple[int, ...], low: float, high: float) -> None:
    difference, *ends = newcombe_paired(*counts)
    assert difference == pytest.approx((counts[1] - counts[2]) / sum(counts))
    assert ends == pytest.approx([low, high], abs=6e-4)


@given(st.tuples(*[st.integers(0, 40)] * 4))
@example((0, 0, 7, 0))  # all of them and none of them: rounding went beyond −1
def test_a_paired_interval_holds_its_difference(counts: tuple[int, ...]) -> None:
    both, first, second, neither = counts
    difference, low, high = newcombe_paired(*counts)
    if sum(counts):
        assert -1 <= low <= difference <= high <= 1
        assert [low, high] == pytest.approx([-end for end in newcombe_paired(both, second, first, neither)[:0:-1]])
    else:
        assert np.isnan([difference, low, high]).all()


def test_many_at_once_are_each_by_itself() -> None:
    first, second = newcombe(56, 70, 48, 80), newcombe(9, 10, 3, 10)
    assert np.transpose(newcombe([56, 9], [70, 10], [48, 3], [80, 10])) == pytest.approx(np.array([first, second]))


@given(st.lists(st.tuples(GROUP, GROUP), min_size=1, max_size=6))
def test_fisher_is_that_of_scipy(tables: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    expected = [one_table([[a, n - a], [b, m - b]])[1] for (a, n), (b, m) in tables]
    columns = np.array([[*one, *other] for one, other in tables]).T
    assert fisher_exact(*columns) == pytest.approx(expected, rel=1e-6)


def test_fisher_for_thousands_of_cities() -> None:
    assert fisher_exact([2000], [5000], [1700], [5000])[0] == pytest.approx(
        one_table([[2000, 3000], [1700, 3300]])[1], rel=1e-6
    )
    assert fisher_exact([0], [0], [0], [0]) == [1]
