"""Item-rest correlations against NumPy and SciPy, criterion by criterion."""

import numpy as np
import pytest
from scipy.stats import pearsonr

from lib.stats.items import LEAST, item_rest

RANDOM = np.random.default_rng(11)


def answers(cities: int, criteria: int, missing: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Cities that differ in strength: met and answered, cities × criteria."""
    strength = RANDOM.normal(size=(cities, 1)) + RANDOM.normal(size=(1, criteria))
    answered = RANDOM.random((cities, criteria)) >= missing
    return (strength + RANDOM.logistic(size=(cities, criteria)) > 0) & answered, answered


def test_where_all_is_answered_it_is_the_corrected_item_total_correlation() -> None:
    met, answered = answers(80, 9)
    found = item_rest(met, answered)
    for item in range(9):
        rest = np.delete(met, item, axis=1).sum(axis=1)
        assert found.r[item] == pytest.approx(np.corrcoef(met[:, item], rest)[0, 1])
        ends = pearsonr(met[:, item].astype(float), rest).confidence_interval()
        assert (found.low[item], found.high[item]) == pytest.approx(tuple(ends))
    assert list(found.cities) == [80] * 9


def test_what_is_not_answered_counts_for_nothing() -> None:
    met, answered = answers(120, 9, missing=0.3)
    found = item_rest(met, answered)
    for item in range(9):
        on = answered[:, item] & (np.delete(answered, item, axis=1).sum(axis=1) >= 4)
        rest = [np.delete(m, item)[np.delete(a, item)].mean() for m, a in zip(met[on], answered[on], strict=True)]
        assert found.cities[item] == on.sum()
        assert found.r[item] == pytest.approx(np.corrcoef(met[on, item], rest)[0, 1])


def test_below_thirty_cities_nothing_is_said() -> None:
    met, answered = answers(LEAST - 1, 5)
    assert np.isnan(item_rest(met, answered).r).all()
    met, answered = answers(LEAST, 5)
    assert not np.isnan(item_rest(met, answered).r).any()


@pytest.mark.parametrize("everybody", [True, False])
def test_a_criterion_that_all_answer_alike_tells_nothing_apart(everybody: bool) -> None:
    met, answered = answers(50, 5)
    met[:, 2] = everybody
    assert np.isnan(item_rest(met, answered).r).tolist() == [False, False, True, False, False]


def test_a_criterion_that_only_weak_cities_meet_is_negative() -> None:
    met, answered = answers(200, 6)
    met[:, 0] = met[:, 1:].sum(axis=1) < 3
    found = item_rest(met, answered)
    assert found.high[0] < 0
    assert found.low[1:].min() > -0.2


def test_a_city_that_left_out_most_criteria_is_not_counted() -> None:
    met, answered = answers(40, 10)
    answered[0, 1:7] = False
    assert item_rest(met & answered, answered).cities[0] == 39


def test_nobody_and_one_criterion_are_no_accident() -> None:
    nothing = np.zeros((0, 4), bool)
    assert item_rest(nothing, nothing).cities.tolist() == [0] * 4
    alone = np.ones((40, 1), bool)
    assert np.isnan(item_rest(alone, alone).r).all()
