"""The page Usual next step in words and tables."""

import pandas as pd

from lib.selection import MINIMUM_N
from lib.standard import Standard
from lib.words import counted, half_up, listed, number, percent, share_of

CAUTION = "What came next is not what caused it: everybody chooses what to work on"
RELIABLE, MOST_FIT = 0.7, 0.8
"""An order is shown as supported from this reliability on, and where this share of the criteria fits it."""


def steps_finding(steps: pd.DataFrame, standard: Standard, *, start: str) -> str:
    """What was met next most often. `steps`: next_steps, or the rows of one city's gaps; `start`: from where.

    `start` is empty for everybody, else words as "from Silver".
    """
    where = f"starting {start}, " if start else ""
    sentence = where + _met_next(steps.dropna(subset="pass_rate"), standard.noun_plural, so_far=not start)
    return sentence[:1].upper() + sentence[1:]


def case_share(row: pd.Series) -> str:
    """ "11 of 27 cases (41 %; 25 % to 59 %)". `row`: of next_steps."""
    counts = f"{number(row['met'])} of {counted(row['answered'], 'case')}"
    if pd.isna(row["pass_rate"]):
        return counts
    return f"{counts} ({percent(row['pass_rate'])}; {percent(row['low'])} to {percent(row['high'])})"


def steps_title(steps: pd.DataFrame) -> str:
    """How many criteria were met next by how many. `steps`: next_steps."""
    known = steps.dropna(subset="pass_rate")
    if known.empty:
        return f"No criterion has {MINIMUM_N} cases"
    best, last = known["pass_rate"].max(), known["pass_rate"].min()
    return f"Met by the next assessment: {percent(last)} to {percent(best)} of the cases, by criterion"


def left_out(steps: pd.DataFrame, noun_plural: str) -> str:
    """What could not be followed, and is therefore in no rate. `steps`: next_steps."""
    if steps.empty or not steps["starts"].iloc[0]:
        return "Nothing to follow"
    row = steps.iloc[0]
    ended = int(row["latest"] + row["gone"])
    return (
        f"Of {counted(row['starts'], 'assessment')}, {number(ended)} had no later one and are left out: "
        f"{number(row['latest'])} of the latest cycle, {number(row['gone'])} of {noun_plural} that did not come back"
    )


def steps_table(steps: pd.DataFrame, noun_plural: str) -> pd.DataFrame:
    """One row per criterion: how often it was met next, and what is left out."""
    return pd.DataFrame(
        {
            "Code": steps["criterion_id"],
            "Criterion": steps["short_name"],
            "Practice area": steps["area"],
            "Met by the next assessment": [
                _rate(met, cases, rate)
                for met, cases, rate in zip(steps["met"], steps["answered"], steps["pass_rate"], strict=True)
            ],
            "95 % interval": [_interval(low, high) for low, high in zip(steps["low"], steps["high"], strict=True)],
            f"Different {noun_plural}": steps["cities"],
            "Not answered next": steps["silent"],
            "No next assessment": steps["ended"],
            "Text": steps["text"],
        }
    )


def order_title(order: pd.DataFrame, standard: Standard) -> str:
    """Whether the answers fall into one order, and how well. `order`: difficulty_order."""
    criteria = placed(order)
    fits = int(_fits(criteria).sum())
    cities = counted(order["cities"].iloc[0], standard.noun, standard.noun_plural)
    fit = f"{number(fits)} of {number(len(criteria))} criteria fit it, reliability {_two(order['reliability'].iloc[0])}"
    if supported(order):
        return f"The answers of {cities} support one order of difficulty: {fit}"
    return f"The answers of {cities} do not support one order of difficulty: {fit}"


def supported(order: pd.DataFrame) -> bool:
    """Do the data support one order?"""
    criteria = placed(order)
    return bool(order["reliability"].iloc[0] >= RELIABLE and _fits(criteria).mean() >= MOST_FIT)


def placed(order: pd.DataFrame) -> pd.DataFrame:
    """The criteria that have a place: not those that all meet, or nobody."""
    return order[order["kind"] == "criterion"].dropna(subset="place")


def order_caption(order: pd.DataFrame, standard: Standard, *, cities: int) -> str:
    """What the order is and is not. `cities`: all selected."""
    used, without = int(order["cities"].iloc[0]), int((order["kind"] == "criterion").sum() - len(placed(order)))
    sample = f"A sample of {number(used)} of {number(cities)} {standard.noun_plural}. " if used < cities else ""
    ends = f"{counted(without, 'criterion has', 'criteria have')} no place: all meet it, or nobody. " if without else ""
    return (
        f"{sample}{ends}Rasch model: whoever stands beside a criterion meets it with a chance of one half. Infit is "
        "1 where a criterion follows the order; 0.7 to 1.3 counts as fitting. An order of difficulty is no order of "
        "causes"
    )


def order_table(order: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """One row per criterion, the easiest first: its difficulty and how well it fits."""
    names = {criterion.id: criterion.short_name for criterion in standard.criteria}
    rows = order[order["kind"] == "criterion"]
    return pd.DataFrame(
        {
            "Code": rows["id"],
            "Criterion": rows["id"].map(names),
            "Difficulty (logits)": rows["place"].round(2),
            "Standard error": rows["error"].round(2),
            "Infit": rows["infit"].round(2),
            "Outfit": rows["outfit"].round(2),
        }
    )


def _met_next(known: pd.DataFrame, many: str, *, so_far: bool) -> str:
    if known.empty:
        return f"{'so far ' if so_far else ''}not enough {many} came back to say what they met next."
    first = known.iloc[0]
    if first["met"] == 0:
        return "no criterion that was missing was met by the next assessment."
    same = known[(known["low"] == first["low"]) & (known["pass_rate"] == first["pass_rate"])]
    names, them = listed([f"“{name}”" for name in same["short_name"]]), "it" if len(same) == 1 else "them"
    each = " each" if len(same) > 1 else ""
    return f"{many} that did not meet {names} most often met {them} next: in {case_share(first)}{each}."


def _fits(criteria: pd.DataFrame) -> "pd.Series[bool]":
    return criteria["infit"].between(0.7, 1.3)


def _rate(met: float, cases: float, rate: float) -> str:
    return f"{number(met)} of {counted(cases, 'case')}" if pd.isna(rate) else share_of(met, cases)


def _interval(low: float, high: float) -> str:
    return "–" if pd.isna(low) else f"{percent(low)} to {percent(high)}"


def _two(value: float) -> str:
    return f"{half_up(value, 2):.2f}"
