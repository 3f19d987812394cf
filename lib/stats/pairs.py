"""Pairs of criteria: which are met together more often than among cities that are as strong in everything else.

Any two criteria go together, because strong cities meet both and weak ones neither. So cities are compared with others
that meet as many of the *other* criteria (Mantel–Haenszel over those strata). Even then a little is left, the same for
every pair, since equal scores do not make cities quite equal; what a pair is tested against is therefore not 1 but the
odds ratio of all pairs together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

ANSWERED = 0.5
"""A city is counted when it has answered at least this share of the criteria."""

_Z = float(ndtri(0.975))


@dataclass(frozen=True, slots=True)
class Strata:
    """Sums over strata, per pair or any other shape: of ad ÷ n and bc ÷ n, and the three terms of their variance."""

    r: Floats
    s: Floats
    v_r: Floats
    v_rs: Floats
    v_s: Floats


@dataclass(frozen=True, slots=True)
class Pairs:
    """Per pair i < j of criteria (columns `first`, `second`): odds ratio with the ends of its 95 % interval, and p.

    both, only_first, only_second, neither: cities. `usual`: the odds ratio of all pairs together, which p tests
    against. The odds ratio is NaN where no stratum says anything; infinite where nobody meets just one of the two.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    both: NDArray[np.int64]
    only_first: NDArray[np.int64]
    only_second: NDArray[np.int64]
    neither: NDArray[np.int64]
    odds: Floats
    low: Floats
    high: Floats
    p: Floats
    usual: float
    cities: int


def together(met: Flags, answered: Flags) -> Pairs:
    """All pairs of the criteria. `met`, `answered`: cities × criteria.

    A pair counts the cities that answered both. A city that left some criteria out stands in the stratum that it would
    have, did it meet as large a share of them as of those it answered.
    """
    counted = answered.sum(axis=1) >= max(ANSWERED * met.shape[1], 1)
    met, answered = met[counted] & answered[counted], answered[counted]
    tables = _tables(met, answered)
    first, second = np.triu_indices(met.shape[1], 1)
    strata = sums(*(table[:, first, second] for table in tables))
    usual = float(_ratio(strata.r.sum(keepdims=True), strata.s.sum(keepdims=True))[0])
    low, high = limits(strata)
    both, only_first, only_second, neither = (table.sum(axis=0)[first, second].astype(np.int64) for table in tables)
    return Pairs(
        first,
        second,
        both,
        only_first,
        only_second,
        neither,
        odds=_ratio(strata.r, strata.s),
        low=low,
        high=high,
        p=p_against(strata, usual),
        usual=usual,
        cities=len(met),
    )


def sums(a: Floats, b: Floats, c: Floats, d: Floats) -> Strata:
    """What Mantel–Haenszel needs of 2 × 2 tables (both, only first, only second, neither), strata along the first axis.

    Variance: Robins, Breslow and Greenland, Biometrics 42 (1986) 311–323.
    """
    n = a + b + c + d
    n = np.where(n > 0, n, 1)
    r, s, p, q = a * d / n, b * c / n, (a + d) / n, (b + c) / n
    terms = (r, s, p * r / 2, (p * s + q * r) / 2, q * s / 2)
    return Strata(*(term.sum(axis=0) for term in terms))


def limits(strata: Strata) -> tuple[Floats, Floats]:
    """Ends of the 95 % interval of the common odds ratio; NaN where there is none.

    Those odds ratios ψ that r − ψ s, over its standard error, does not refuse: a quadratic, which still has an answer
    where one of the sums is 0. Source: Sato, Biometrics 46 (1990) 71–80.
    """
    squared = _Z**2
    a = strata.s**2 - squared * strata.v_s
    b = 2 * strata.r * strata.s + squared * strata.v_rs
    c = strata.r**2 - squared * strata.v_r
    root = np.sqrt(np.maximum(b**2 - 4 * a * c, 0))
    told = strata.r + strata.s > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(c > 0, 2 * c / (b + root), 0.0)
        high = np.where(a > 0, (b + root) / (2 * a), np.inf)
    return np.where(told, low, np.nan), np.where(told, high, np.nan)


def p_against(strata: Strata, odds: float) -> Floats:
    """Two-sided p that the common odds ratio is `odds`; NaN where no stratum, or no finite `odds`, says anything."""
    if not np.isfinite(odds):
        return np.full_like(strata.r, np.nan)
    variance = strata.v_r + odds * strata.v_rs + odds**2 * strata.v_s
    told = variance > 0
    z = (strata.r - odds * strata.s) / np.sqrt(np.where(told, variance, 1))
    return np.where(told, 2 * ndtr(-np.abs(z)), np.nan)


def _tables(met: Flags, answered: Flags) -> tuple[Floats, Floats, Floats, Floats]:
    """Cities by stratum and pair: both, only the first, only the second, neither; each strata × criteria × criteria.

    The stratum is the score without the two criteria. So those who meet both, one or neither come from scores that are
    two, one or none higher, and counting pairs once per score is enough.
    """
    criteria = met.shape[1]
    score = np.rint(met.sum(axis=1) * criteria / answered.sum(axis=1)).astype(np.int64)
    shape = (criteria + 1, criteria, criteria)
    both, first, neither = (np.zeros(shape) for _ in range(3))
    for stratum in np.unique(score):
        yes, no = met[score == stratum], answered[score == stratum] & ~met[score == stratum]
        x, y = yes.astype(np.float32), no.astype(np.float32)
        both[stratum], first[stratum], neither[stratum] = x.T @ x, x.T @ y, y.T @ y
    second = first.transpose(0, 2, 1)
    return both[2:], first[1:-1], second[1:-1], neither[:-2]


def _ratio(r: Floats, s: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Floats = np.asarray(np.divide(r, s))
    return ratio
