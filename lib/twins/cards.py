"""The key figures of a page in words: (label, value, detail, change, better) for each card.

`better` says whether the change is good, where there is a judgement, else None.
"""

from collections.abc import Mapping
from math import nan
from typing import Any

import pandas as pd

from lib.selection import MINIMUM_N
from lib.standard import Standard
from lib.words import NOT_ENOUGH, count_of, counted, half_up, number, percent, signed, signed_points

Row = Mapping[Any, Any]
Card = tuple[str, str, str, str, bool | None]


def overview_cards(counts: pd.DataFrame, standard: Standard, *, indicative: bool, versus: str | None) -> list[Card]:
    """Cohort, level reached, median score and coverage, each with its change. `counts`: a row per period."""
    periods = {row["period"]: row for row in counts.to_dict("records")}
    now, changes = periods["now"], _changes(periods)
    cities, median = changes["cities"], changes["median_score"]
    grown = _since("" if pd.isna(cities) else signed(cities, standard.noun, standard.noun_plural), versus)
    moved = _since("" if pd.isna(median) else signed(median, *standard.score_unit), versus)
    score = _of_max(now["median_score"], standard)
    reach = "Reach a level (indicative)" if indicative else "Reach a level"
    return [
        (standard.noun_plural.capitalize(), number(now["cities"]), "assessed in this selection", grown, None),
        *([(reach, *_reached(now, standard), *_moved(changes["reached_rate"], versus))] if standard.levels else []),
        ("Median score", score, "half stand higher, half lower", moved, _better(half_up(median, 1))),
        ("Coverage", *_coverage(now, standard), *_moved(changes["coverage"], versus)),
    ]


def criterion_cards(rates: pd.Series, standard: Standard, versus: str | None) -> list[Card]:
    """Pass rate, its interval and coverage of one criterion. `rates`: its row of the criterion rates."""
    counts = f"{count_of(rates['met'], rates['answered'])} {standard.noun_plural}"
    known = pd.notna(rates["pass_rate"])
    rate = (percent(rates["pass_rate"]), counts) if known else (counts, NOT_ENOUGH.format(units=standard.noun_plural))
    interval = f"{percent(rates['low'])} to {percent(rates['high'])}" if known else "–"
    answered = f"{count_of(rates['answered'], rates['asked'])} {standard.noun_plural} answered"
    coverage = rates["answered"] / max(rates["asked"], 1)
    return [
        ("Pass rate", *rate, *_moved(rates["change"], versus)),
        ("95 % interval", interval, "Wilson; wide where few answered", "", None),
        ("Coverage", percent(coverage) if rates["asked"] >= MINIMUM_N else "–", answered, "", None),
    ]


def to_next(city: pd.Series, standard: Standard) -> str:
    """The distance to the next level: "1 criterion to Gold"."""
    if pd.isna(city["to_next"]):
        return "no score yet" if pd.isna(city["score"]) else "the highest level"
    return f"{counted(city['to_next'], *standard.score_unit)} to {city['next_level']}"


def _changes(periods: Mapping[str, Row]) -> dict[str, float]:
    """Now minus versus for each figure, NaN where one of them is missing."""
    now, versus = periods["now"], periods.get("versus", {})
    return {
        figure: float(now[figure]) - float(versus.get(figure, nan))
        for figure in ("cities", "median_score", "reached_rate", "coverage")
    }


def _reached(now: Row, standard: Standard) -> tuple[str, str]:
    """Value and detail of the share on a level; without a percentage where the query left it empty."""
    counts = count_of(now["reached"], now["cities"])
    if pd.isna(now["reached_rate"]):
        return counts, NOT_ENOUGH.format(units=standard.noun_plural)
    interval = f"{percent(now['reached_low'])} to {percent(now['reached_high'])}"
    return percent(now["reached_rate"]), f"{counts}; 95 % interval {interval}"


def _coverage(now: Row, standard: Standard) -> tuple[str, str]:
    counts = count_of(now["answered"], now["asked"])
    if pd.isna(now["coverage"]):
        return counts, NOT_ENOUGH.format(units=standard.noun_plural)
    return percent(now["coverage"]), f"{counts} answers given"


def _moved(change: float, versus: str | None) -> tuple[str, bool | None]:
    return _since("" if pd.isna(change) else signed_points(change), versus), _better(half_up(change, 2))


def _better(change: float) -> bool | None:
    return None if pd.isna(change) or change == 0 else bool(change > 0)


def _since(change: str, versus: str | None) -> str:
    return f"{change} since {versus}" if change and versus else ""


def _of_max(score: float, standard: Standard) -> str:
    return "–" if pd.isna(score) else count_of(score, standard.score_max)
