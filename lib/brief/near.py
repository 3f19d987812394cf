"""The cities close to their next level, and what they miss most."""

from typing import Any

import pandas as pd

from lib.brief.parts import Missed, Near, NearRow
from lib.selection import NEAR
from lib.standard import Standard
from lib.twins.cards import to_next
from lib.twins.names import apart
from lib.twins.titles import near_title
from lib.words import count_of, counted, number, signed

SHOWN, MISSED = 26, 6
"""So many cities, nearest first, and so many criteria have room on the page."""


def near_part(
    cities: pd.DataFrame,
    near: pd.DataFrame,
    gaps: pd.DataFrame,
    standard: Standard,
    *,
    indicative: bool,
    versus: str | None,
) -> Near:
    """`cities`: everyone selected, `near`: near_misses with at least one row, `gaps`: near_miss_gaps."""
    named = near.assign(name=apart(near.set_index("city_id")["name"]))
    shown, one, many = named.head(SHOWN), standard.noun, standard.noun_plural
    left = len(near) - len(shown)
    mark = " (indicative)" if indicative else ""
    unit = standard.score_unit[1]
    return Near(
        title=f"{near_title(cities, standard)}{mark}",
        caption=f"{many.capitalize()} that lack at most {NEAR} {unit} of the next level, the nearest first. "
        f"The score is of {number(standard.score_max)}.",
        alt=f"Table: {many} close to the next level, with score and distance.",
        headings=(one.capitalize(), f"Level{mark}", "Score", "To the next level", f"Since {versus}" if versus else ""),
        rows=tuple(_row(row, standard, versus) for row in shown.itertuples()),
        more=f"and {number(left)} more {one if left == 1 else many}" if left else "",
        missed_title=_missed_title(gaps, standard),
        missed=tuple(_missed(row) for row in gaps.head(MISSED).itertuples()),
        notes=tuple(shown["boundary_note"].dropna().drop_duplicates()),
        warning=f"This page names {many}. Who takes part, and how close they are, is for the programme alone.",
    )


def _row(row: Any, standard: Standard, versus: str | None) -> NearRow:  # noqa: ANN401  (rows of itertuples have no type)
    return NearRow(
        name=str(row.name),
        level=str(row.level),
        score=number(row.score),
        contested=not pd.isna(row.boundary_note),
        distance=to_next(pd.Series(row._asdict()), standard),
        change=_moved(row.score_change, standard, versus),
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
