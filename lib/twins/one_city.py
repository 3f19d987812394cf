"""Twin of the chart about one city over its cycles."""

import pandas as pd

from lib.selection import NO_LEVEL, STAGES
from lib.standard import Standard
from lib.words import share_of


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
