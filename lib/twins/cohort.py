"""Twins of the charts about a whole cohort: levels, change, pass rates and the cities behind one of them."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from lib.standard import Standard
from lib.twins.statuses import STATUS, rate_texts
from lib.words import count_of, percent, share_of, signed_points


def levels_table(data: pd.DataFrame, standard: Standard, *, indicative: bool) -> pd.DataFrame:
    """One row per cycle and level: how many, and their share of all assessed in the cycle."""
    shares = [_share(*row) for row in _columns(data, "cities", "assessed", "share")]
    intervals = [_interval(*row) for row in _columns(data, "low", "high")]
    counts = {standard.noun_plural.capitalize(): shares, "95 % interval": intervals}
    return pd.DataFrame({"Cycle": data["cycle"]} | _levels(data, standard, indicative) | counts)


def change_table(data: pd.DataFrame, *, noun_plural: str) -> pd.DataFrame:
    """One row per practice area: the change of the same cities apart from that of the whole cohort."""
    return pd.DataFrame(
        {
            "Practice area": data["area"],
            f"Same {noun_plural}": data["panel"].astype(int),
            f"Same {noun_plural}, before": data["panel_before"].map(percent),
            f"Same {noun_plural}, now": data["panel_now"].map(percent),
            f"Change, same {noun_plural}": data["panel_change"].map(signed_points),
            "Change, whole cohort": data["cohort_change"].map(signed_points),
        }
    )


def rates_table(data: pd.DataFrame, *, units: str, versus: str | None, heading: str = "Practice area") -> pd.DataFrame:
    """One row per criterion (and group): pass rate with its count and interval, change since the compared cycle.

    `heading` says what the criteria stand under.
    """
    columns = {
        "Code": data["criterion_id"],
        "Criterion": data["short_name"],
        heading: data["area"],
        **({"Group": data["group"]} if "group" in data else {}),
        "Pass rate": rate_texts(data, units),
        "95 % interval": [_interval(*row) for row in _columns(data, "low", "high")],
    }
    if versus and "change" in data:
        columns[f"Pass rate {versus}"] = data["versus_rate"].map(percent)
        columns[f"Change since {versus}"] = data["change"].map(signed_points)
    return pd.DataFrame(columns | {"Text": data["text"]})


def behind_table(data: pd.DataFrame, standard: Standard, *, versus: str | None, indicative: bool) -> pd.DataFrame:
    """One row per city behind a pass rate: its answer now and before, its score and level."""
    columns = {standard.noun.capitalize(): data["name"], "Answer": data["status"].map(STATUS)}
    if versus:
        columns[f"Answer {versus}"] = data["versus_status"].map(STATUS).fillna("")
    columns |= {"Score": data["score"].round(2)} | _levels(data, standard, indicative)
    return pd.DataFrame(columns | {"Evidence": data["evidence"].fillna("")})


def cities_table(data: pd.DataFrame, standard: Standard, *, indicative: bool) -> pd.DataFrame:
    """One row per city of the cohort: score, level and the distance to the next level."""
    columns = {standard.noun.capitalize(): data["name"], "Score": data["score"].round(2)}
    columns |= _levels(data, standard, indicative)
    if standard.levels:
        columns |= {"Next level": data["next_level"].fillna(""), "To next level": data["to_next"].round(2)}
    answered = [share_of(*row) for row in _columns(data, "answered", "asked")]
    return pd.DataFrame(columns | {"Answered": answered})


def _levels(data: pd.DataFrame, standard: Standard, indicative: bool) -> dict[str, pd.Series]:
    """The column of levels, if the standard has any: those of self-reported answers are indicative, never certified."""
    heading = "Level (indicative)" if indicative else "Level"
    return {heading: data["level"]} if standard.levels else {}


def _columns(data: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(data[name] for name in names), strict=True)


def _share(part: float, whole: float, share: float) -> str:
    return count_of(part, whole) if pd.isna(share) else f"{count_of(part, whole)} ({percent(share)})"


def _interval(low: float, high: float) -> str:
    return "–" if pd.isna(low) else f"{percent(low)} to {percent(high)}"


def in_order(rates: pd.DataFrame, order: str) -> pd.DataFrame:
    """Rates by difficulty, "hardest" or "easiest" first, areas kept together; anything else: the standard's order.

    Areas are as hard as all their answers together. Criteria without a rate come last in their area.
    """
    if order not in ("hardest", "easiest"):
        return rates
    sums = rates.groupby("area_id")[["met", "answered"]].transform("sum")
    keyed = rates.assign(_area=sums["met"] / sums["answered"])
    up = order == "hardest"
    return keyed.sort_values(["_area", "area_id", "pass_rate"], ascending=[up, True, up], kind="stable").drop(
        columns="_area"
    )
