"""Segments as rows beside one another in words: who is near, who would move, what changed, what is usual next."""

import pandas as pd

from lib.selection import MINIMUM_N
from lib.standard import Standard
from lib.twins.change import Span
from lib.words import NOT_ENOUGH, count_of, counted, listed, number, percent, share_of

SHOWN = 3
"""Next steps named for each segment."""


def near_title(near: pd.DataFrame, standard: Standard, within: int) -> str:
    """How many of each segment are near. `near`: near_beside."""
    whole = near[near["next_level"].isna()]
    parts = [f"{row.segment} {_part(row.near, row.cities)}" for row in whole.itertuples()]
    return f"Within {counted(within, *standard.score_unit)} of the next level: {listed(parts, len(parts))}"


def near_table(near: pd.DataFrame, standard: Standard, *, indicative: bool) -> pd.DataFrame:
    """One row per segment: how many are near, with the interval, and near which level."""
    whole, by_level = near[near["next_level"].isna()], near[near["next_level"].notna()]
    counts = by_level.set_index(["segment", "next_level"])["near"].to_dict()
    mark = " (indicative)" if indicative else ""
    return pd.DataFrame(
        {
            "Segment": whole["segment"].tolist(),
            standard.noun_plural.capitalize(): whole["cities"].tolist(),
            "Nearly there": [_part(row.near, row.cities) for row in whole.itertuples()],
            "95 % interval": [_between(row.low, row.high) for row in whole.itertuples()],
            **{
                f"Near {level.name}{mark}": [counts.get((segment, level.name), 0) for segment in whole["segment"]]
                for level in standard.levels
            },
        }
    )


def taught_title(taught: pd.DataFrame, *, success: float) -> str:
    """How many of each segment would go up. `taught`: taught_beside."""
    parts = [f"{row.segment} {_moved(row.able, row.expected, row.cities, success)}" for row in taught.itertuples()]
    return f"{'Could' if success == 1 else 'Would on average'} move up a level: {listed(parts, len(parts))}"


def taught_table(taught: pd.DataFrame, standard: Standard, *, success: float, indicative: bool) -> pd.DataFrame:
    """One row per segment: how many could go up a level, and on average would where not everybody succeeds."""
    by = " (indicative)" if indicative else ""
    rows = list(taught.itertuples())
    expected = {f"Would on average{by}": [number(row.expected) for row in rows]} if success < 1 else {}
    return pd.DataFrame(
        {
            "Segment": [row.segment for row in rows],
            standard.noun_plural.capitalize(): [row.cities for row in rows],
            f"Could move up a level{by}": [count_of(row.able, row.cities) for row in rows],
            **expected,
        }
    )


def change_title(changes: pd.DataFrame, span: Span, *, noun_plural: str) -> str:
    """The change of the same cities of each segment that has enough of them. `changes`: change_beside."""
    known = changes.dropna(subset="panel")
    if known.empty:
        return f"{NOT_ENOUGH.format(units=noun_plural).capitalize()} how the segments changed"
    parts = [f"{row.segment} {span.signed(row.panel)}{_chance(row.low, row.high)}" for row in known.itertuples()]
    return f"The same {noun_plural} {span.since}, {span.unit[1]}: {listed(parts, len(parts))}"


def change_table(changes: pd.DataFrame, standard: Standard, span: Span, *, across: bool) -> pd.DataFrame:
    """One row per segment: from mean to mean, in parts that add up, each with the cities behind it."""
    many, rows = standard.noun_plural, list(changes.itertuples())

    def told(values: list[float], cities: list[int], *, mean: bool = False) -> list[str]:
        shown = ["–" if pd.isna(value) else number(value) if mean else span.plain(value) for value in values]
        return [f"{text} (n {number(n)})" for text, n in zip(shown, cities, strict=True)]

    same = told([row.panel for row in rows], [row.n_panel for row in rows])
    few = f"{NOT_ENOUGH.format(units=many)} (n {{}})"
    standards = {"Standard changed": ["–" if pd.isna(row.standard) else span.plain(row.standard) for row in rows]}
    return pd.DataFrame(
        {
            "Segment": [row.segment for row in rows],
            f"Mean {span.versus}": told([row.before for row in rows], [row.n_before for row in rows], mean=True),
            f"Same {many}": [
                few.format(number(row.n_panel)) if pd.isna(row.panel) else text
                for row, text in zip(rows, same, strict=True)
            ],
            "95 % interval": [_span(row.low, row.high, span) for row in rows],
            span.joined: told([row.entrants for row in rows], [row.n_entrants for row in rows]),
            span.left: told([row.leavers for row in rows], [row.n_leavers for row in rows]),
            **(standards if across else {}),
            f"Mean {span.cycle}": told([row.now for row in rows], [row.n_now for row in rows], mean=True),
        }
    )


def steps_title(steps: pd.DataFrame, segments: list[str]) -> str:
    """The most usual next step of each segment. `steps`: steps_beside."""
    first = steps.drop_duplicates("segment").set_index("segment")["short_name"]
    parts = [f"“{first[name]}” in {name}" for name in segments if name in first]
    return f"Most usual next: {listed(parts, len(parts))}" if parts else NOT_ENOUGH.format(units="cases").capitalize()


def steps_table(steps: pd.DataFrame, segments: list[str], *, noun_plural: str) -> pd.DataFrame:
    """Up to SHOWN rows per segment: the most reliable next steps, how often each was met, and by how many cities."""
    rows = []
    for segment in segments:
        own = steps[steps["segment"] == segment].head(SHOWN)
        rows += [
            (
                segment,
                f"{r.criterion_id} {r.short_name}",
                share_of(r.met, r.answered),
                _between(r.low, r.high),
                number(r.cities),
            )
            for r in own.itertuples()
        ] or [(segment, NOT_ENOUGH.format(units="cases"), "–", "–", "–")]
    names = ["Segment", "Usual next step", "Cases that met it next", "95 % interval", noun_plural.capitalize()]
    return pd.DataFrame(rows, columns=names)


def _chance(low: float, high: float) -> str:
    return " (may be chance)" if low <= 0 <= high else ""


def _part(part: int, whole: int) -> str:
    return count_of(part, whole) if whole < MINIMUM_N else share_of(part, whole)


def _moved(able: int, expected: float, cities: int, success: float) -> str:
    return count_of(able if success == 1 else expected, cities)


def _between(low: float, high: float) -> str:
    return "–" if pd.isna(low) else f"{percent(low)} to {percent(high)}"


def _span(low: float, high: float, span: Span) -> str:
    return "–" if pd.isna(low) else f"{span.plain(low)} to {span.plain(high)}"
