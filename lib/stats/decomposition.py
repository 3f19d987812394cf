"""The change of a cohort's mean, split into parts that add up to it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.stats.paired import mean_interval

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Parts:
    """Means `before` and `now`, and what lies between them: before + panel + entrants + leavers + standard = now.

    All in units of the score; `low` and `high` are the 95 % interval of `panel`. Numbers of cities: `n_before`,
    `n_now`, `n_panel` (in both), `n_entrants` (only now), `n_leavers` (only before).
    """

    before: float
    panel: float
    entrants: float
    leavers: float
    standard: float
    now: float
    low: float
    high: float
    n_before: int
    n_panel: int
    n_entrants: int
    n_leavers: int
    n_now: int


def split_change(
    before: Floats, now: Floats, whole_before: Floats | None = None, whole_now: Floats | None = None
) -> Parts:
    """Split the change of the mean from `before` to `now`: one place per city, NaN where it has no score.

    With S the cities in both, E only now, L only before: panel = now(S) − before(S), entrants = now(all) − now(S),
    leavers = before(S) − before(all). That is the dynamic Olley–Pakes decomposition of Melitz and Polanec (RAND Journal
    of Economics 46, 2015, 362–375) with equal weights: newcomers are measured against the stayers now, leavers against
    the stayers before. Where the standard changed, `before` and `now` count what both standards ask, the `whole` scores
    everything, and what the two add to the change beyond each other is the standard's part. Parts are NaN where no
    city is in both.
    """
    here, there = ~np.isnan(now), ~np.isnan(before)
    both = here & there
    whole_now, whole_before = now if whole_now is None else whole_now, before if whole_before is None else whole_before
    stayed_now, stayed_before = _mean(now[both]), _mean(before[both])
    change = now[both] - before[both]
    n = int(both.sum())
    low, high = mean_interval(_mean(change), change.std(ddof=1) if n > 1 else np.nan, n)
    return Parts(
        before=_mean(whole_before[there]),
        panel=stayed_now - stayed_before,
        entrants=_mean(now[here]) - stayed_now,
        leavers=stayed_before - _mean(before[there]),
        standard=_mean((whole_now - now)[here]) - _mean((whole_before - before)[there]),
        now=_mean(whole_now[here]),
        low=float(low),
        high=float(high),
        n_before=int(there.sum()),
        n_panel=n,
        n_entrants=int((here & ~there).sum()),
        n_leavers=int((there & ~here).sum()),
        n_now=int(here.sum()),
    )


def _mean(values: Floats) -> float:
    return float(values.mean()) if values.size else float("nan")
