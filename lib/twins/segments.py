"""Segments beside one another in words: who they are, how many, where they stand, and whom they share."""

import pandas as pd

from lib.selection import MINIMUM_N
from lib.standard import Standard
from lib.words import NOT_ENOUGH, count_of, counted, percent, share_of


def segments_table(figures: pd.DataFrame, standard: Standard, *, indicative: bool) -> pd.DataFrame:
    """One row per segment: its cities, how many of them reach a level, their median score. `figures`: segment_figures.

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
    return pd.DataFrame(columns)


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
