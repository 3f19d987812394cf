"""Pairs of criteria: Mantel–Haenszel against a textbook and statsmodels, and against counting by hand."""

from itertools import combinations

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import StratifiedTable

from lib.stats.pairs import limits, p_against, sums, together

# Agresti, Categorical Data Analysis, table 6.9: a drug and a control in eight centres, success and failure.
CENTRES = np.array([
    [[11, 25], [10, 27]], [[16, 4], [22, 10]], [[14, 5], [7, 12]], [[2, 14], [1, 16]],
    [[6, 11], [0, 12]], [[1, 10], [0, 10]], [[1, 4], [1, 8]], [[4, 2], [6, 1]],
])  # fmt: skip


def cells(tables: np.ndarray) -> tuple[np.ndarray, ...]:
    """Strata × 2 × 2 as the four counts, each strata × 1."""
    return tuple(tables[:, row, column, None].astype(float) for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)))


def test_the_common_odds_ratio_of_the_textbook() -> None:
    strata = sums(*cells(CENTRES))
    assert strata.r[0] / strata.s[0] == pytest.approx(2.135, abs=5e-4)
    low, high = limits(strata)
    assert (low[0], high[0]) == pytest.approx((1.18, 3.87), rel=0.06)  # the book's is on the log scale
    assert p_against(strata, 1.0)[0] == pytest.approx(0.012, abs=2e-3)  # Cochran–Mantel–Haenszel: 6.38, p = 0.012


def test_many_cities_agree_with_statsmodels() -> None:
    tables = CENTRES * 40
    theirs = StratifiedTable([table.astype(float) for table in tables])
    low, high = limits(sums(*cells(tables)))
    assert (low[0], high[0]) == pytest.approx(theirs.oddsratio_pooled_confint(), rel=2e-3)


def test_the_interval_is_what_the_test_does_not_refuse() -> None:
    strata = sums(*cells(CENTRES))
    for end in limits(strata):
        assert p_against(strata, float(end[0]))[0] == pytest.approx(0.05)


def test_where_one_never_comes_without_the_other_there_still_is_a_lower_end() -> None:
    strata = sums(*cells(np.array([[[8, 0], [0, 7]], [[5, 0], [2, 9]]])))
    low, high = limits(strata)
    assert low[0] > 1
    assert high[0] == np.inf
    assert p_against(strata, 1.0)[0] < 0.01


def test_empty_strata_say_nothing() -> None:
    strata = sums(*cells(np.array([[[5, 0], [3, 0]], [[0, 0], [0, 4]]])))
    assert np.isnan([*limits(strata), p_against(strata, 1.0)]).all()


def by_hand(met: np.ndarray, i: int, j: int) -> tuple[list[int], float]:
    """The four counts of a pair, and its odds ratio over strata of the score without the two."""
    counts, r, s = [0, 0, 0, 0], 0.0, 0.0
    rest = met.sum(axis=1) - met[:, i] - met[:, j]
    for stratum in set(rest):
        one, other = met[rest == stratum][:, i], met[rest == stratum][:, j]
        table = [
            int((one & other).sum()),
            int((one & ~other).sum()),
            int((~one & other).sum()),
            int((~one & ~other).sum()),
        ]
        r += table[0] * table[3] / sum(table)
        s += table[1] * table[2] / sum(table)
        counts = [sum(both) for both in zip(counts, table, strict=True)]
    return counts, r / s if s else np.inf if r else np.nan


def cohort(cities: int, criteria: int, seed: int = 5) -> np.ndarray:
    """Cities whose answers hang together by their strength alone (the Rasch model)."""
    random = np.random.default_rng(seed)
    strength = random.normal(0, 1.2, size=(cities, 1)) - random.normal(size=(1, criteria))
    return strength + random.logistic(size=(cities, criteria)) > 0


def test_pairs_are_counted_as_by_hand() -> None:
    met = cohort(70, 7)
    found = together(met, np.ones_like(met))
    for place, (i, j) in enumerate(combinations(range(7), 2)):
        counts, odds = by_hand(met, i, j)
        assert (found.first[place], found.second[place]) == (i, j)
        assert [x[place] for x in (found.both, found.only_first, found.only_second, found.neither)] == counts
        assert found.odds[place] == pytest.approx(odds, nan_ok=True)


def test_strength_alone_is_no_finding() -> None:
    """Without the strata every pair would be one; against an odds ratio of 1 still too many of them."""
    met = cohort(1500, 25)
    found = together(met, np.ones_like(met))
    assert found.usual > 1.02
    assert 0.02 < (found.p < 0.05).mean() < 0.08
    unstratified = np.array([np.corrcoef(met[:, i], met[:, j])[0, 1] for i, j in combinations(range(25), 2)])
    assert (unstratified > 3 / np.sqrt(1500)).mean() > 0.9


def test_a_pair_that_travels_together_is_found() -> None:
    met = cohort(300, 20)
    met[:, 7] = np.where(np.random.default_rng(1).random(300) < 0.7, met[:, 3], met[:, 7])
    found = together(met, np.ones_like(met))
    best = int(np.nanargmin(found.p))
    assert (found.first[best], found.second[best]) == (3, 7)
    assert found.low[best] > found.usual


def test_a_pair_counts_those_who_answered_both() -> None:
    met = cohort(60, 8)
    answered = np.ones_like(met)
    answered[:5, 0] = False
    answered[5, 1:] = False  # answered one of eight: not counted at all
    found = together(met & answered, answered)
    assert found.cities == 59
    totals = found.both + found.only_first + found.only_second + found.neither
    assert set(totals[found.first == 0]) == {54}
    assert set(totals[found.first > 0]) == {59}


def test_nobody_is_no_accident() -> None:
    nothing = np.zeros((0, 4), bool)
    found = together(nothing, nothing)
    assert np.isnan(found.odds).all()
    assert np.isnan(found.p).all()
