"""Twins of the charts about one city: its areas in the cohort, its criteria, its history."""

import pandas as pd

from lib.selection import NO_LEVEL, STAGES
from lib.standard import Standard
from lib.twins.statuses import STATUS, rate_texts
from lib.words import count_of, percent, share_of


def spread_table(data: pd.DataFrame, *, name: str) -> pd.DataFrame:
    """One row per practice area: the city's share with its count, and the middle half of the cohort."""
    own = data[data["is_focus"]]
    return pd.DataFrame(
        {
            "Practice area": own["area"],
            name: [_count_and_share(*row) for row in zip(own["met"], own["asked"], own["share"], strict=True)],
            "Cohort median": own["median"].map(percent),
            "Middle half of the cohort": [
                f"{percent(low)} to {percent(high)}" for low, high in zip(own["q1"], own["q3"], strict=True)
            ],
        }
    )


def city_criteria_table(data: pd.DataFrame, *, units: str, versus: str | None) -> pd.DataFrame:
    """One row per criterion: the city's answer and the cohort's pass rate."""
    before = {f"Answer {versus}": data["versus_status"].map(STATUS).fillna("")} if versus else {}
    return pd.DataFrame(
        {
            "Criterion": data["short_name"],
            "Answer": data["status"].map(STATUS),
            **before,
            "Cohort": rate_texts(data, units),
            "Code": data["criterion_id"],
            "Text": data["text"],
            "Evidence": data["evidence"].fillna(""),
            "Practice area": data["area"],
        }
    )


def history_table(data: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """One row per cycle and stage: score, criteria met, level."""
    columns = {
        "Cycle": data["cycle"],
        "Answers": data["stage"].map(STAGES),
        "Score": data["score"].round(2),
        "Criteria met": [share_of(met, asked) for met, asked in zip(data["met"], data["asked"], strict=True)],
    }
    indicative = (data["stage"] == "self_reported") & (data["level"] != NO_LEVEL)
    levels = {"Level": data["level"].mask(indicative, data["level"] + " (indicative)")}
    return pd.DataFrame(columns | (levels if standard.levels else {}))


def _count_and_share(met: float, asked: float, share: float) -> str:
    return f"{count_of(met, asked)} ({percent(share)})"
