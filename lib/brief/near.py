"""The cities close to their next level, and what they miss most."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from lib.brief.parts import Missed, Near, NearRow
from lib.selection import NEAR
from lib.standard import Standard
from lib.twins.cards import to_next
from lib.twins.names import apart
from lib.twins.near import similar_words
from lib.twins.titles import near_title
from lib.words import count_of, counted, number, percent, signed

SHOWN, MISSED, WAYS = 26, 6, 2
"""So many cities, nearest first, and so many criteria have room on the page; so many beside each city."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked: `cities` (everyone selected), `near_misses` (at least one), `near_blockers`, `in_the_way`."""

    cities: pd.DataFrame
    near: pd.DataFrame
    gaps: pd.DataFrame
    ways: pd.DataFrame


def near_part(found: Found, standard: Standard, *, indicative: bool, versus: str | None) -> Near:
    """The cities nearest to their next level, as many as have room."""
    near = found.near.assign(name=apart(found.near.set_index("city_id")["name"]), way=_ways(found))
    shown, one, many = near.head(SHOWN), standard.noun, standard.noun_plural
    left = len(near) - len(shown)
    mark = " (indicative)" if indicative else ""
    since = f"Since {versus}" if versus else ""
    return Near(
        title=f"{near_title(found.cities, standard)}{mark}",
        caption=f"{many.capitalize()} that lack at most {NEAR} {standard.score_unit[1]} of the next level, the nearest "
        f"first; the score is of {number(standard.score_max)}. In the way: criteria not met that most similar {many} "
        f"meet, with the rate of these. {similar_words(standard).partition(',')[0]}.",
        alt=f"Table: {many} close to the next level, with score, distance and the criteria first in the way.",
        headings=(one.capitalize(), f"Level{mark}", "Score", "To the next level", since, "First in the way"),
        rows=tuple(_row(row, standard, versus) for row in shown.itertuples()),
        more=f"And {number(left)} more {one if left == 1 else many}." if left else "",
        missed_title=_missed_title(found.gaps, standard),
        missed=tuple(_missed(row) for row in found.gaps.head(MISSED).itertuples()),
        notes=tuple(shown["boundary_note"].dropna().drop_duplicates()),
        warning=f"This page names {many}. Who takes part, and how close they are, is for the programme alone.",
    )


def _ways(found: Found) -> list[str]:
    """The first criteria in the way of each city, with the rate of similar cities where enough answered."""
    first = found.ways.groupby("city_id", sort=False).head(WAYS)
    told = first["criterion_id"] + first["pass_rate"].map(lambda rate: "" if pd.isna(rate) else f" ({percent(rate)})")
    joined = told.groupby(first["city_id"], sort=False).agg(", ".join)
    return [str(way) for way in found.near["city_id"].map(joined).fillna("")]


def _row(row: Any, standard: Standard, versus: str | None) -> NearRow:  # noqa: ANN401  (rows of itertuples have no type)
    return NearRow(
        name=str(row.name),
        level=str(row.level),
        score=number(row.score),
        contested=not pd.isna(row.boundary_note),
        distance=to_next(pd.Series(row._asdict()), standard),
        change=_moved(row.score_change, standard, versus),
        way=str(row.way),
    )


def _moved(change: float, standard: Standard, versus: str | None) -> str:
    if versus is None:
        return ""
    return f"not in {versus}" if pd.isna(change) else signed(change, *standard.score_unit)


def _missed_title(gaps: pd.DataFrame, standard: Standard) -> str:
    if gaps.empty:
        return ""
    whose = counted(gaps["near_misses"].iloc[0], standard.noun, standard.noun_plural)
    return f"What these {whose} miss most"


def _missed(row: Any) -> Missed:  # noqa: ANN401
    return Missed(
        code=str(row.criterion_id),
        name=str(row.short_name),
        text=f"{count_of(row.missing, row.near_misses)}",
        share=float(row.missing / row.near_misses),
    )
