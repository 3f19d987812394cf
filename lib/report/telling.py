"""Words that only the report card needs: short changes, and levels by what is known."""

from typing import Any

import pandas as pd

from lib.selection import NO_LEVEL
from lib.words import half_up, number

INDICATIVE = "(indicative)"


def moved(change: Any) -> str:  # noqa: ANN401 - a number of any kind, or none
    """A change of a count where its unit stands in the heading: "▲ +1", "▼ −2", "±0"; a dash where there is none."""
    if change is None or pd.isna(change):
        return "–"
    if half_up(float(change), 1) == 0:
        return "±0"
    return f"{'▲ +' if change > 0 else '▼ −'}{number(abs(change))}"


def better(change: Any) -> bool | None:  # noqa: ANN401 - a number of any kind, or none
    """Is a change good? None where there is none."""
    return None if change is None or pd.isna(change) or half_up(float(change), 1) == 0 else bool(change > 0)


def level_words(level: str, certified: str, *, indicative: bool) -> str:
    """A level as it may be said: certified only where it was published, and never beside self-reported answers."""
    if indicative:
        return level if level == NO_LEVEL else f"{level} {INDICATIVE}"
    return f"{certified}, certified" if certified else level


def known(value: Any) -> float | None:  # noqa: ANN401 - a number of any kind, or none
    """A number to draw; None where a query left it empty."""
    return None if value is None or pd.isna(value) else float(value)
