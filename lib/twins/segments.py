"""Segments beside one another in words: who they are, how many, where they stand, and whom they share."""

import pandas as pd

from lib.selection import MINIMUM_N
from lib.standard import Standard
from lib.words import NOT_ENOUGH, count_of, counted, half_up, percent, share_of, signed_points


def segments_table(figures: pd.DataFrame, standard: Standard, *, indicative: bool, versus: str | None) -> pd.DataFrame:
    """One row per segment: its cities, how many of them reach a level or nearly, their median score, their change.

    `figures`: segment_figures. The change is that of the cities present in both cycles, with its interval.

    Fewer cities than the minimum have counts only.
    """
    rows = figures.to_dict("records")
    reach = "Reach a level (indicative)" if indicative else "Reach a level"
    columns = {
        "Segment": [row["segment"] for row in rows],
        "Made of": [row["words"] for row in rows],
        standard.noun_plural.capitalize(): [row["cities"] for row in rows],
    }
    if standard.levels:
        columns[reach] = [_reached(row["reached"], row["cities"]) for row in rows]
        columns["95 % interval"] = [_between(row["reached_low"], row["reached_high"]) for row in rows]
    columns["Median score"] = [_median(row["median_score"], standard) for row in rows]
    if standard.levels:
        columns["Nearly at the next level"] = [count_of(row["near_misses"], row["cities"]) for row in rows]
    if versus:
        changes = [_moved(row["panel"], row["change"], row["low"], row["high"], standard) for row in rows]
        columns[f"Same {standard.noun_plural}, change since {versus}"] = changes
    return pd.DataFrame(columns)


def segments_title(grid: pd.DataFrame, *, noun_plural: str) -> str:
    """Where the segments are widest apart. `grid`: an area grid by segment, the cohort pinned."""
    cells = grid[~grid["pinned"]].dropna(subset="share")
    columns = zip(*(cells[name].tolist() for name in ("area", "share", "row_label")), strict=True)
    by_area: dict[str, list[tuple[float, str]]] = {}
    for area, share, label in columns:
        by_area.setdefault(area, []).append((share, label))
    apart = {area: max(cells) + min(cells) for area, cells in by_area.items() if len(cells) > 1}
    if not apart:
        return f"{NOT_ENOUGH.format(units=noun_plural).capitalize()} where the segments differ"
    area = max(apart, key=lambda name: apart[name][0] - apart[name][2])
    most, highest, least, lowest = apart[area]
    if percent(most) == percent(least):
        return "The segments stand alike everywhere"
    return f"Segments are widest apart in {area}: {highest} {percent(most)}, {lowest} {percent(least)}"


def segments_note(*, cities: int, shared: int, filtered: bool, standard: Standard) -> str:
    """Among whom the segments are counted, and how many are in more than one of them."""
    one, many = standard.noun, standard.noun_plural
    among = f"Segments among the {counted(cities, one, many)} selected."
    both = f" {counted(shared, one, many)} {'is' if shared == 1 else 'are'} in more than one of them." if shared else ""
    part = f" {many.capitalize()} that are filtered out count in none of them." if filtered else ""
    return among + both + part


def _reached(reached: int, cities: int) -> str:
    return count_of(reached, cities) if cities < MINIMUM_N else share_of(reached, cities)


def _between(low: float, high: float) -> str:
    return "–" if pd.isna(low) else f"{percent(low)} to {percent(high)}"


def _median(score: float, standard: Standard) -> str:
    if pd.isna(score):
        return NOT_ENOUGH.format(units=standard.noun_plural)
    return count_of(score, standard.score_max)


def _moved(panel: int, change: float, low: float, high: float, standard: Standard) -> str:
    same = counted(panel, standard.noun, standard.noun_plural)
    if pd.isna(change):
        return f"{NOT_ENOUGH.format(units=standard.noun_plural)} ({same})"
    edges = "" if pd.isna(low) else f", 95 % interval {_points(low)} to {_points(high)}"
    return f"{signed_points(change)} ({same}{edges})"


def _points(change: float) -> str:
    points = half_up(change * 100)
    return f"{points:+.0f}".replace("-", "−") if points else "0"
