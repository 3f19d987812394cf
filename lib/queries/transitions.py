"""Which rung each city stood on in two cycles: the levels, or quarters of the scores where a standard has no levels."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.selection import NO_LEVEL
from lib.standard import Standard
from lib.words import half_up, number

ABSENT = -1
"""The rung of a city without a score in a cycle."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs from the lowest up. `cuts`: where the upper rungs begin, for quarters; none for levels."""

    rungs: tuple[str, ...]
    cuts: tuple[float, ...] = ()


def ladder(cities: pd.DataFrame, standard: Standard) -> Ladder:
    """The standard's levels above 'No level', or quarters of the scores of the compared cycle.

    `cities`: city_changes. Quarters begin at its quartiles, to one decimal; equal scores are never apart, so that there
    may be fewer than four.
    """
    if standard.levels:
        return Ladder((NO_LEVEL, *(level.name for level in standard.levels)))
    scores = cities["before"].dropna().to_numpy(np.float64)
    quartiles = np.quantile(scores, (0.25, 0.5, 0.75)) if scores.size else np.empty(0)
    cuts = tuple(sorted({half_up(float(cut), 1) for cut in quartiles if half_up(float(cut), 1) > scores.min()}))
    return Ladder(tuple(_quarters(cuts)), cuts)


def on_ladder(cities: pd.DataFrame, steps: Ladder) -> pd.DataFrame:
    """The cities with `start` and `end`, their rungs in both cycles, and the `flow` they are in.

    ABSENT without a score. A flow's id is "start-end"; "x" stands for absent.
    """
    columns = ("before", "level_before"), ("now", "level_now")
    start, end = (_rung(cities[score], cities[level], steps.cuts, bool(steps.cuts)) for score, level in columns)
    return cities.assign(start=start, end=end, flow=[flow_id(*pair) for pair in zip(start, end, strict=True)])


def flows(placed: pd.DataFrame) -> pd.DataFrame:
    """One row per flow with cities in it, from the highest rung down: flow, start, end, cities."""
    counts = Counter(zip(placed["start"].to_list(), placed["end"].to_list(), strict=True))
    rows = [(flow_id(*way), *way, cities) for way, cities in sorted(counts.items(), reverse=True)]
    return pd.DataFrame(rows, columns=["flow", "start", "end", "cities"])


def flow_id(start: int, end: int) -> str:
    """The public name of a flow: "1-2", "x-0"."""
    return "-".join("x" if rung == ABSENT else str(rung) for rung in (start, end))


def _quarters(cuts: Sequence[float]) -> list[str]:
    texts = [number(cut) for cut in cuts]
    between = [f"{low} to under {high}" for low, high in pairwise(texts)]
    return [f"Under {texts[0]}", *between, f"{texts[-1]} and more"] if texts else ["All scores"]


def _rung(scores: pd.Series, levels: pd.Series, cuts: Sequence[float], quarters: bool) -> NDArray[np.int64]:
    known = scores.notna().to_numpy()
    place = np.searchsorted(cuts, scores.fillna(0), side="right") if quarters else levels.fillna(0).to_numpy(np.int64)
    return np.where(known, place, ABSENT)
