"""What the public is told of all cities together, in words and tables: a range where nearly all are alike."""

import pandas as pd

from lib.standard import Standard
from lib.words import between, count_between, count_of, interval, listed, number, percent, signed_points

_NAMED = 3


def published_finding(areas: pd.DataFrame) -> str:
    """How much is met in all, and where least. `areas`: published_areas, at least one."""
    low, high, answered = (areas[name].sum() for name in ("met_low", "met_high", "answered"))
    met = between(percent(low / answered), percent(high / answered))
    whole = f"{met} of {number(answered)} answers meet their criterion"
    if len(areas) < 2:  # noqa: PLR2004 - with one area there is nothing to compare
        return f"{whole}."
    ordered = areas.sort_values("rate_high", kind="stable")
    most, least = ordered.iloc[-1], ordered.iloc[0]
    ends = [f"{end['area']} ({percent_between(end)})" for end in (most, least)]
    return f"{whole}: most in {ends[0]}, least in {ends[1]}."


def areas_title(areas: pd.DataFrame, versus: str | None) -> str:
    """Which practice area changed most, where that is more than chance. `areas`: published_areas."""
    if not versus or areas["change_least"].isna().all():
        return "Pass rate by practice area"
    sure = areas[(areas["change_low"] > 0) | (areas["change_high"] < 0)]
    if sure.empty:
        return f"Since {versus} no practice area changed by more than its uncertainty"
    row = sure.loc[sure["change_least"].abs().idxmax()]
    return f"{row['area']} changed most since {versus}: {_change(row)}"


def rates_title(rates: pd.DataFrame, standard: Standard) -> str:
    """The hardest criterion. `rates`: published_rates."""
    told = rates.dropna(subset="answered")
    hardest = told[told["rate_high"] == told["rate_high"].min()]
    if len(hardest) > _NAMED:
        return f"{len(hardest)} criteria are met by {percent_between(hardest.iloc[0])} of the {standard.noun_plural}"
    names = listed([f"“{name}”" for name in hardest["short_name"]])
    met = f"{_rate(hardest.iloc[0])}{' each' if len(hardest) > 1 else ''}"
    return f"Fewest {standard.noun_plural} meet {names}: {met}"


def _change(row: pd.Series) -> str:
    return between(signed_points(row["change_least"]), signed_points(row["change_most"]))


def percent_between(row: pd.Series) -> str:
    """A pass rate, or what it lies between: "43 %", "0 % to 7 %"."""
    return between(percent(row["rate_low"]), percent(row["rate_high"]))


def _rate(row: pd.Series) -> str:
    """A pass rate with its count: "10 of 14 (71 %)", "0 to 1 of 14 (0 % to 7 %)"."""
    return f"{count_between(row['met_low'], row['met_high'], row['answered'])} ({percent_between(row)})"


def rates_table(rates: pd.DataFrame, *, minimum: int, versus: str | None) -> pd.DataFrame:
    """One row per criterion: pass rate with count and interval, and its change since the compared cycle; in words where
    fewer than the minimum answered."""
    rows = [row for _, row in rates.iterrows()]
    head = {"Code": rates["criterion_id"], "Criterion": rates["short_name"], "Practice area": rates["area"]}
    return pd.DataFrame(head | _figures(rows, minimum, versus) | {"Text": rates["text"]})


def areas_table(areas: pd.DataFrame, *, minimum: int, versus: str | None) -> pd.DataFrame:
    """One row per practice area: pass rate of all its answers with count and interval, and its change."""
    rows = [row for _, row in areas.iterrows()]
    head = {
        "Practice area": areas["area"],
        "Criteria": [count_of(*row) for row in zip(areas["criteria"], areas["of"], strict=True)],
    }
    return pd.DataFrame(head | _figures(rows, minimum, versus))


def _figures(rows: list[pd.Series], minimum: int, versus: str | None) -> dict[str, list[str]]:
    few = f"fewer than {minimum} answers"
    told = {
        "Pass rate": [few if pd.isna(row["answered"]) else _rate(row) for row in rows],
        "95 % interval": [
            "–" if pd.isna(row["low"]) else interval(row["low"], row["high"]).removeprefix("95 % interval ")
            for row in rows
        ],
    }
    if not versus:
        return told
    ends = [(row["change_low"], row["change_high"]) for row in rows]
    return told | {
        f"Pass rate {versus}": [
            between(*map(percent, (row["versus_rate_low"], row["versus_rate_high"]))) for row in rows
        ],
        f"Change since {versus}": [_change(row) for row in rows],
        "95 % interval of the change": [
            "–" if pd.isna(low) else f"{signed_points(low)} to {signed_points(high)}" for low, high in ends
        ],
    }
