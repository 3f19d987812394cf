"""One computed sentence per page: what the reader should see first.

Each is made from the frames that the page shows anyway, so the sentence and the chart cannot disagree. Fewer cities
than the minimum are never summed up, and what ties is named together or, past a few, not at all.
"""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

import pandas as pd

from lib.selection import MINIMUM_N, NEAR
from lib.standard import Standard
from lib.words import NOT_ENOUGH, count_of, counted, half_up, listed, number, percent, share_of, signed

# More than this many in the same place is no finding about any of them.
_NAMED = 3


def overview_finding(figures: pd.DataFrame, gaps: pd.DataFrame, standard: Standard, *, indicative: bool = False) -> str:
    """Who is close to the next level, and what they miss most. `figures`: key_figures; `gaps`: near_blockers."""
    row = next((row for row in figures.to_dict("records") if row["period"] == "now"), None)
    if row is None:
        return f"No {standard.noun} is selected."
    if row["cities"] < MINIMUM_N:
        return f"{_selected(row, standard)}: {NOT_ENOUGH.format(units=standard.noun_plural)} what is typical."
    if not standard.levels:
        return _middle(row, standard)
    by = " by their own answers" if indicative else ""
    if row["at_top"] == row["cities"]:
        return f"All {number(row['cities'])} {standard.noun_plural} reach {standard.levels[-1].name}{by}."
    if row["near_misses"] == 0:
        return f"No {standard.noun} is {_close(standard)} the next level{by}. {_middle(row, standard)}"
    who = f"{count_of(row['near_misses'], row['cities'])} {standard.noun_plural}"
    are = "is" if row["near_misses"] == 1 else "are"
    return f"{who} {are} {_close(standard)} the next level{by}{_most_missed(gaps)}."


def heatmap_finding(grid: pd.DataFrame, *, noun_plural: str = "cities", families: bool = False) -> str:
    """The weakest and the strongest practice area (or family) of the pinned row. `grid`: an area grid."""
    one, several = ("family", "families") if families else ("practice area", "practice areas")
    cells = zip(grid["pinned"].tolist(), grid["area"].tolist(), grid["share"].tolist(), strict=True)
    known = [(area, share) for pinned, area, share in cells if pinned and not isnan(share)]
    if not known:
        return f"{_capital(NOT_ENOUGH.format(units=noun_plural))} which {one} is weakest."
    shown = [half_up(share * 100) for _, share in known]  # ties are what the reader sees as equal
    weakest, strongest = (
        [row for row, seen in zip(known, shown, strict=True) if seen == edge] for edge in (min(shown), max(shown))
    )
    low, high = percent(weakest[0][1]), percent(strongest[0][1])
    if min(shown) == max(shown):
        areas = f"every {one}" if len(known) > 1 else known[0][0]
        return f"On average the {noun_plural} stand at {low} in {areas}."
    weak, strong = (_together([area for area, _ in areas], several) for areas in (weakest, strongest))
    return f"On average the {noun_plural} stand lowest in {weak} ({low}) and highest in {strong} ({high})."


def criteria_finding(
    rates: pd.DataFrame, change: pd.DataFrame | None = None, *, noun: str = "city", noun_plural: str = "cities"
) -> str:
    """The hardest criterion, and what moved most for the same cities.

    `rates`: criterion_rates; `change`: criterion_change, None where nothing is compared.
    """
    known = rates.dropna(subset="pass_rate")
    if known.empty:
        return f"{_capital(NOT_ENOUGH.format(units=noun_plural))} which criterion is hardest."
    hardest = known[known["pass_rate"] == known["pass_rate"].min()]
    return f"{_hardest(hardest, len(known), noun, noun_plural)}.{_moved(change, noun_plural)}"


def city_finding(city: pd.Series, standard: Standard, *, indicative: bool = False, versus: str | None = None) -> str:
    """Where one city stands and how far the next level is. `city`: the row of city_summary."""
    name = city["name"]
    if pd.isna(city["score"]):
        return f"{name} has no score: not every practice area was answered."
    by = "By its own answers, " if indicative else ""
    verb, unit = ("meets", " criteria") if _counts_criteria(standard) else ("scores", "")
    score = f"{by}{name} {verb} {count_of(city['score'], standard.score_max)}{unit}"
    since = city["score_change"]
    moved = "" if versus is None or pd.isna(since) else f" ({signed(since, *standard.score_unit)} since {versus})"
    return f"{score}{moved}{_distance(city, standard, ' (indicative)' if indicative else '')}."


def _selected(row: Mapping[Any, Any], standard: Standard) -> str:
    are = "is" if row["cities"] == 1 else "are"
    return f"Only {counted(row['cities'], standard.noun, standard.noun_plural)} {are} selected"


def _middle(row: Mapping[Any, Any], standard: Standard) -> str:
    if pd.isna(row["median_score"]):
        return f"{_capital(NOT_ENOUGH.format(units=standard.noun_plural))} what is typical."
    score = count_of(row["median_score"], standard.score_max)
    return (
        f"The median {standard.noun} {f'meets {score} criteria' if _counts_criteria(standard) else f'scores {score}'}."
    )


def _close(standard: Standard) -> str:
    if _counts_criteria(standard):
        return "one or two criteria short of"
    return f"within {number(NEAR)} points of"


def _most_missed(gaps: pd.DataFrame) -> str:
    missing = gaps["missing"].tolist()
    most = [place for place, count in enumerate(missing) if count == max(missing)]
    if not 0 < len(most) <= _NAMED:
        return ""
    names, near = _criteria(gaps.iloc[most]), gaps["near_misses"].tolist()[0]
    if near == 1:
        return f"; it misses {names}"
    what = "criterion they miss most is" if len(most) == 1 else "criteria they miss most are"
    return f"; the {what} {names} ({count_of(max(missing), near)})"


def _hardest(hardest: pd.DataFrame, criteria: int, noun: str, noun_plural: str) -> str:
    row, names = hardest.iloc[0], _criteria(hardest)
    if row["pass_rate"] == 1:
        return f"Every {noun} that answered meets every criterion"
    if len(hardest) == criteria > 1:
        return f"Every criterion is met by {percent(row['pass_rate'])} of the {noun_plural} that answered it"
    if row["met"] == 0:
        return f"{names} {'is' if len(hardest) == 1 else 'are'} met by no {noun}"
    if len(hardest) > 1:
        return f"{names} are met by the fewest {noun_plural} ({percent(row['pass_rate'])} each)"
    return f"Fewest {noun_plural} meet {names}: {share_of(row['met'], row['answered'])}"


def _moved(change: pd.DataFrame | None, noun_plural: str) -> str:
    known = pd.DataFrame() if change is None else change.dropna(subset="change")
    if known.empty:
        return ""
    most = known[known["change"].abs() == known["change"].abs().max()]
    row = most.iloc[0]
    if len(most) > 1 or row["change"] == 0:
        return ""
    way = "rose" if row["change"] > 0 else "fell"
    both = f"of {number(row['n'])} {noun_plural} that answered it in both cycles"
    return (
        f" “{row['short_name']}” {way} most: {both}, {number(row['gained'])} came to meet it "
        f"and {number(row['lost'])} no longer do."
    )


def _distance(city: pd.Series, standard: Standard, mark: str) -> str:
    reached = "" if city["level_position"] == 0 else f": {city['level']}{mark}"
    if not standard.levels:
        return ""
    if pd.isna(city["to_next"]):
        return f"{reached}, the highest level"
    short = number(city["to_next"]) if _counts_criteria(standard) else counted(city["to_next"], *standard.score_unit)
    return f"{reached}, {short} short of {city['next_level']}"


def _counts_criteria(standard: Standard) -> bool:
    return standard.score_unit[0] == "criterion"


def _criteria(rows: pd.DataFrame) -> str:
    """Short names in quotation marks: some are questions."""
    return _together([f"“{name}”" for name in rows["short_name"]], "criteria")


def _together(names: Sequence[str], plural: str) -> str:
    return listed(list(names)) if len(names) <= _NAMED else f"{len(names)} {plural}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
