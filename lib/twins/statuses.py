"""What a response and a pass rate are called in a table."""

import pandas as pd

from lib.words import NOT_ENOUGH, share_of

STATUS = {
    "met": "Met",
    "partly_met": "Partly met",
    "not_met": "Not met",
    "blocked": "Blocked by a prerequisite",
    "not_answered": "Not answered",
    "not_applicable": "Not applicable",
}


def rate_texts(data: pd.DataFrame, units: str) -> list[str]:
    """Pass rates with their counts; in words where the query left one empty because too few answered."""
    counts, unsaid = zip(data["met"], data["answered"], data["pass_rate"], strict=True), NOT_ENOUGH.format(units=units)
    return [unsaid if pd.isna(rate) else share_of(met, answered) for met, answered, rate in counts]
