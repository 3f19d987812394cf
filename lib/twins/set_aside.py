"""What was set aside, in a clerk's words: which answers, why, what was expected, and what may have been meant."""

from collections.abc import Mapping
from textwrap import shorten

import pandas as pd

from lib.standard import Standard
from lib.words import counted, number

COLUMN_SHOWN = 30  # letters
_WORDS = {
    "blank city": "no {noun} is named",
    "unknown city": "the {noun} is not known",
    "blank cycle": "no cycle is named",
    "unknown stage": "the stage is not known",
    "unknown criterion": "the criterion is not known",
    "unknown response": "the answer is not understood",
    "invalid date": "the date is not understood",
}


def why(reason: str, standard: Standard) -> str:
    """A reason of the pipeline as a sentence without its full stop."""
    return _WORDS.get(reason, reason).format(noun=standard.noun)


def title(counts: pd.DataFrame, standard: Standard) -> str:
    """How many answers were set aside, and the most frequent reason. `counts`: lib.queries.about.rejected_counts."""
    by_reason = counts.groupby("reason", observed=True)["rows"].sum().sort_values(ascending=False, kind="stable")
    total, most = counts["rows"].sum(), why(str(by_reason.index[0]), standard)
    said = f"{counted(total, 'answer')} {'was' if total == 1 else 'were'} set aside"
    return f"{said}: {most}" if len(by_reason) == 1 else f"{said}, {number(by_reason.iloc[0])} of them because {most}"


def suggested(data: pd.DataFrame, suggestions: Mapping[tuple[int, int, str | None], str]) -> pd.DataFrame:
    """Places with a column `suggestion`, blank where nothing known looks alike."""
    cells = zip(data["source_id"], data["row"], data["column"], strict=True)
    return data.assign(suggestion=[suggestions.get(cell, "") for cell in cells])


def places_table(data: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """One row per place: where, what was found, why it was set aside, what was expected, how many answers it holds.

    More than one answer means that the whole row was set aside.
    """
    reasons = [why(reason, standard) for reason in data["reason"]]
    whole = [f"{words}: the whole row" if n > 1 else words for words, n in zip(reasons, data["answers"], strict=True)]
    named = {
        "file": "File",
        "row": "Row",
        "column": "Column",
        "value": "Found",
        "reason": "Why it was set aside",
        "expected": "Expected",
        "suggestion": "Perhaps",
        "answers": "Answers",
    }
    return data.assign(reason=whole, value=data["value"].replace("", "(blank)"))[list(named)].rename(columns=named)


def fitting(places: pd.DataFrame) -> pd.DataFrame:
    """The same for the screen: a header of a survey tool can be a whole question."""
    return places.assign(
        Column=["" if pd.isna(text) else shorten(text, COLUMN_SHOWN, placeholder="…") for text in places["Column"]]
    )


def words_table(data: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """One row per thing found that was not understood, the most frequent first: what to tell everybody, or to teach."""
    return pd.DataFrame(
        {
            "Found": data["value"].replace("", "(blank)"),
            "Why it was set aside": [why(reason, standard) for reason in data["reason"]],
            "Expected": data["expected"],
            "Answers": data["answers"],
            "Files": data["files"],
        }
    )
