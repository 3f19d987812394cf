"""What changed since the compared cycle, for the same cities: by practice area, and the criteria that moved most."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from lib.brief.parts import ChangeRow, Changes, Move
from lib.brief.sentences import moves_finding, whole_name
from lib.standard import Standard
from lib.twins.change import FALSE_FINDS
from lib.twins.titles import change_title
from lib.words import half_up, number, p_text, percent, signed_points

MOVES = 5
"""So many criteria that gained, and as many that lost, are told."""
_LEAST = 0.05  # an axis of five points on either side is the shortest that does not blow noise up
_ROOM, _MARKS = 0.05, 7


def changes_part(
    finding: str, areas: pd.DataFrame, criteria: pd.DataFrame, versus: str, standard: Standard
) -> Changes | None:
    """`finding`: change_finding, `areas`: area_change, `criteria`: criterion_gains. None where too few are in both."""
    if areas["panel_change"].isna().all():
        return None
    one, many = standard.noun, standard.noun_plural
    rows = tuple(_row(row) for row in areas.itertuples())
    ends = _ends(areas)
    ticks = _ticks(ends)
    first, end, more = finding.partition(". ")
    return Changes(
        title=first if end else finding.removesuffix("."),
        more=more,
        areas_title=change_title(areas, versus=versus, noun=one, noun_plural=many),
        caption=f"Change of the share met since {versus}, in percentage points. Bars: the n {many} in both cycles, "
        "with the 95 % interval of their mean.",
        dots="Hollow dots: the whole cohort, which also changes because others take part.",
        alt=f"Bars: {'; '.join(f'{row.area} {row.text}, {row.interval}' for row in rows)}.",
        versus=versus,
        rows=rows,
        ends=ends,
        ticks=tuple(tick / 100 for tick in ticks),
        tick_words=tuple(f"{'+' if tick > 0 else '−' if tick < 0 else ''}{abs(tick)}" for tick in ticks),
        moves_title=moves_finding(criteria, many),
        moves_caption=f"Of the n {many} that answered a criterion in both cycles: how many came to meet it, how many "
        f"no longer do. Not chance: q ≤ {number(FALSE_FINDS, 2)} (exact McNemar test, adjusted for testing all).",
        moves=tuple(_moves(criteria)),
    )


def _row(row: Any) -> ChangeRow:  # noqa: ANN401  (a row of itertuples has no type of its own)
    known = row.panel_low < row.panel_high  # where all changed alike there is no spread to judge by
    return ChangeRow(
        area=str(row.area),
        n=number(row.panel),
        before=percent(row.panel_before),
        now=percent(row.panel_now),
        change=_drawn(row.panel_change),
        low=_drawn(row.panel_low) if known else None,
        high=_drawn(row.panel_high) if known else None,
        cohort=_drawn(row.cohort_change),
        text=signed_points(row.panel_change),
        interval=f"{points(row.panel_low)} to {points(row.panel_high)}" if known else "–",
        cohort_text=signed_points(row.cohort_change),
    )


def points(change: float) -> str:
    """An end of an interval, in percentage points with its sign: "+1.2", "−0.4", "0"."""
    value = half_up(change * 100, 1)
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{number(abs(value))}"


def _drawn(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _ends(areas: pd.DataFrame) -> tuple[float, float]:
    """The ends of the axis: as far as anything drawn reaches, and at least five points to the longer side of zero."""
    drawn = areas[["panel_change", "cohort_change", "panel_low", "panel_high"]]
    least, most = min(float(drawn.min(axis=None)), 0.0), max(float(drawn.max(axis=None)), 0.0)
    if max(-least, most) < _LEAST:
        least, most = (-_LEAST, most) if -least > most else (least, _LEAST)
    room = (most - least) * _ROOM
    return least - room, most + room


def _ticks(ends: tuple[float, float]) -> list[int]:
    """Where the axis is marked, in percentage points."""
    least, most = ends[0] * 100, ends[1] * 100
    step = next((step for step in (2, 5, 10, 20, 25) if most - least < step * _MARKS), 50)
    return list(range(math.ceil(least / step) * step, math.floor(most) + 1, step))


def _moves(criteria: pd.DataFrame) -> Iterator[Move]:
    """The criteria that gained most, then those that lost most; those that tie in the standard's order."""
    known = criteria.dropna(subset="change").sort_values("change", ascending=False, kind="stable")
    gained = known[known["change"] > 0].head(MOVES)
    lost = known[known["change"] < 0].sort_values("change", kind="stable").head(MOVES)
    for part in (gained, lost):
        yield from (_move(row) for row in part.itertuples())


def _move(row: Any) -> Move:  # noqa: ANN401
    return Move(
        code=str(row.criterion_id),
        name=whole_name(row.short_name, row.text),
        n=number(row.n),
        gained=number(row.gained),
        lost=number(row.lost),
        text=signed_points(row.change),
        better=bool(row.change > 0),
        sure="–" if pd.isna(row.q) else f"{'no' if row.q <= FALSE_FINDS else 'possible'} (q {p_text(row.q)})",
    )
