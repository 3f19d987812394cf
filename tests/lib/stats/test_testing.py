"""Exact McNemar and Benjamini–Hochberg against worked examples, statsmodels and arithmetic by hand."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

from lib.stats.testing import benjamini_hochberg, mcnemar_exact

COUNTS = st.integers(0, 300)

# Benjamini and Hochberg (1995), section 4.1: the fifteen p-values of a study of thrombolysis after a heart attack.
THROMBOLYSIS = (0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
                0.7590, 1.0000)  # fmt: skip


def by_hand(gained: int, lost: int) -> float:
    changed = gained + lost
    return min(1.0, 2 * sum(comb(changed, k) for k in range(min(gained, lost) + 1)) / 2**changed)


@given(gained=COUNTS, lost=COUNTS)
def test_mcnemar_is_the_binomial_added_up(gained: int, lost: int) -> None:
    assert mcnemar_exact(gained, lost) == pytest.approx(by_hand(gained, lost), rel=1e-9)
    assert mcnemar_exact(gained, lost) == mcnemar_exact(lost, gained)


def test_mcnemar_of_a_table_that_is_well_known() -> None:
    """Agresti, Categorical Data Analysis, table 10.1: 150 approved only at first, 86 only later; and statsmodels."""
    assert mcnemar_exact([86], [150])[0] == pytest.approx(mcnemar([[794, 150], [86, 570]], exact=True).pvalue)
    assert mcnemar_exact([86], [150])[0] == pytest.approx(3.7e-5, rel=0.02)


def test_mcnemar_takes_whole_columns() -> None:
    assert mcnemar_exact(np.array([0, 5, 1]), np.array([0, 0, 1])) == pytest.approx([1.0, 2 / 32, 1.0])
    assert mcnemar_exact([], []).size == 0


def test_benjamini_hochberg_of_the_paper_that_introduced_it() -> None:
    """At 5 % the paper rejects the first four hypotheses, where Bonferroni's rule rejects three."""
    q = benjamini_hochberg(THROMBOLYSIS)
    assert int((q <= 0.05).sum()) == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


@given(p=st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_benjamini_hochberg_is_that_of_statsmodels(p: list[float]) -> None:
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])


def test_a_test_that_was_not_made_counts_for_nothing() -> None:
    assert benjamini_hochberg([0.01, np.nan, 0.04]) == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)
    assert np.isnan(benjamini_hochberg([np.nan, np.nan])).all()
    assert benjamini_hochberg([]).size == 0
