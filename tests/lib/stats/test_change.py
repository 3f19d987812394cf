"""The parts of a change, its interval, and what was to be expected: worked examples and properties."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import ttest_rel
from statsmodels.regression.linear_model import OLS

from lib.stats.decomposition import split_change
from lib.stats.paired import mean_interval
from lib.stats.regression import expected_change

SCORE = st.one_of(st.none(), st.integers(0, 43).map(float), st.floats(0, 100))
PAIRS = st.lists(st.tuples(SCORE, SCORE), min_size=1, max_size=40)
NAN = float("nan")

# Student (1908), as in Fisher's Statistical Methods: hours of sleep of ten patients under two drugs.
SLEEP = ((0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0), (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4))


def columns(pairs: list[tuple[float | None, float | None]]) -> tuple[np.ndarray, np.ndarray]:
    before, now = (np.array([NAN if x is None else x for x in column]) for column in zip(*pairs, strict=True))
    return before, now


@given(pairs=PAIRS, beyond=st.lists(st.integers(0, 9), min_size=80, max_size=80))
def test_the_parts_add_up_to_the_change(pairs: list[tuple[float | None, float | None]], beyond: list[int]) -> None:
    before, now = columns(pairs)
    assume(not np.isnan(before + now).all())
    extra = np.array(beyond, float)
    whole_before, whole_now = before + extra[: len(before)], now + extra[40 : 40 + len(now)]
    parts = split_change(before, now, whole_before, whole_now)
    total = parts.before + parts.panel + parts.entrants + parts.leavers + parts.standard
    assert total == pytest.approx(parts.now)
    assert parts.now == pytest.approx(np.nanmean(whole_now))
    assert parts.before == pytest.approx(np.nanmean(whole_before))
    assert parts.n_panel + parts.n_entrants == parts.n_now
    assert parts.n_panel + parts.n_leavers == parts.n_before


@given(pairs=PAIRS)
def test_within_one_standard_the_standard_changes_nothing(pairs: list[tuple[float | None, float | None]]) -> None:
    parts = split_change(*columns(pairs))
    assert np.isnan(parts.standard) or parts.standard == 0


@given(pairs=PAIRS)
def test_backwards_every_part_changes_its_sign_and_newcomers_are_leavers(
    pairs: list[tuple[float | None, float | None]],
) -> None:
    before, now = columns(pairs)
    there, back = split_change(before, now), split_change(now, before)
    assert (there.panel, there.entrants, there.leavers) == pytest.approx(
        (-back.panel, -back.leavers, -back.entrants), nan_ok=True
    )


def test_parts_by_hand() -> None:
    """Two stay (10 → 14, 20 → 22), one comes with 30, one leaves with 3."""
    parts = split_change(np.array([10, 20, NAN, 3]), np.array([14, 22, 30, NAN]))
    assert (parts.before, parts.panel, parts.entrants, parts.leavers, parts.now) == (11, 3, 4, 4, 22)
    assert (parts.n_before, parts.n_panel, parts.n_entrants, parts.n_leavers, parts.n_now) == (3, 2, 1, 1, 3)


def test_without_a_city_in_both_there_are_no_parts() -> None:
    parts = split_change(np.array([1.0, NAN]), np.array([NAN, 2.0]))
    assert (parts.n_panel, parts.n_entrants, parts.n_leavers) == (0, 1, 1)
    assert (parts.before, parts.now) == (1, 2)
    assert np.isnan([parts.panel, parts.entrants, parts.leavers, parts.low]).all()


def test_the_interval_of_students_sleep() -> None:
    """Mean 1.58, standard deviation 1.23: from 0.70 to 2.46 hours, as every textbook has it."""
    first, second = np.array(SLEEP)
    change = second - first
    low, high = mean_interval(change.mean(), change.std(ddof=1), 10)
    assert (low, high) == pytest.approx((0.70, 2.46), abs=0.005)
    known = ttest_rel(second, first).confidence_interval(0.95)
    assert (low, high) == pytest.approx((known.low, known.high))


def test_one_city_and_cities_that_changed_alike_have_no_interval() -> None:
    assert np.isnan(mean_interval([2.0, 2.0, 1.0], [np.nan, 0.0, 0.0], [1, 0, 6])).all()


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50)), min_size=3, max_size=40))
def test_the_expected_change_is_least_squares(pairs: list[tuple[float, float]]) -> None:
    before, now = np.array(pairs).T
    assume(np.ptp(before) > 1e-3)
    line = expected_change(before, now)
    fitted = OLS(now, np.column_stack([np.ones_like(before), before])).fit().fittedvalues
    assert line.change(before) == pytest.approx(fitted - before, abs=1e-6)
    assert line.change(before).mean() == pytest.approx((now - before).mean(), abs=1e-6)


def test_galtons_families() -> None:
    """Medians of Galton's table (1886): children of parents of 64 to 73 inches regress by about a third."""
    parents = np.array([64.5, 65.5, 66.5, 67.5, 68.5, 69.5, 70.5, 71.5, 72.5])
    children = np.array([65.8, 66.7, 67.2, 67.6, 68.2, 68.9, 69.5, 69.9, 72.2])
    line = expected_change(parents, children)
    assert line.slope == pytest.approx(2 / 3, abs=0.04)
    assert line.change(np.array([64.5]))[0] > 0 > line.change(np.array([72.5]))[0]


@pytest.mark.parametrize("before", [[1.0, 2.0], [4.0, 4.0, 4.0], []])
def test_where_no_line_can_be_drawn_nothing_is_expected(before: list[float]) -> None:
    start = np.array(before)
    assert np.isnan(expected_change(start, start).change(start)).all()
