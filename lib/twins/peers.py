"""The peers of one city, and what they meet, in words and tables."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd

from lib.standard import Standard
from lib.twins.names import apart
from lib.twins.statuses import STATUS
from lib.words import NOT_ENOUGH, count_between, counted, half_up, number, percent, share_of

Record: TypeAlias = Mapping[Any, Any]
_MOST = 0.5  # "most peers" are more than half of them


def peers_title(listed: pd.DataFrame, told: str) -> str:
    """Who the peers are, with how many of them are certified."""
    certified = int(listed["certified_level"].notna().sum())
    return f"{told}{f'; {number(certified)} certified' if certified else ''}"


def peers_table(listed: pd.DataFrame, standard: Standard, *, indicative: bool) -> pd.DataFrame:
    """One row per peer, nearest first: why it is one, and how far. `listed`: peer_list.

    Of peers in groups it says with which group each counts; the distance of a group would look exact.
    """
    named = listed.set_index("peer_id")["name"]
    exact = bool((listed["unit"] == "city").all())
    certified = {"Certified": listed["certified_level"].fillna("")} if listed["certified_level"].notna().any() else {}
    level = "Level (indicative)" if indicative else "Level"
    known = {level: listed["level"]} if standard.levels and exact else {}
    return pd.DataFrame(
        {
            standard.noun.capitalize(): apart(named),
            "Why": listed["why"],
            **({"Distance": listed["distance"].map(_distance)} | known if exact else {}),
            **({} if exact else {"Counted with": listed["unit"].str.capitalize()}),
            **certified,
        }
    )


def _distance(far: float) -> str:
    return "–" if pd.isna(far) else f"{half_up(far, 2):.2f}"


def peer_rate(row: Record | pd.Series) -> str:
    """How many peers meet a criterion: "10 of 14 (71 %)", "9 to 10 of 14 (64 % to 71 %)". `row`: of peer_criteria."""
    if pd.isna(row["rate_low"]):
        return NOT_ENOUGH.format(units="peers")
    if row["met_low"] == row["met_high"]:
        return share_of(row["met_low"], row["answered"])
    span = count_between(row["met_low"], row["met_high"], row["answered"])
    return f"{span} ({percent(row['rate_low'])} to {percent(row['rate_high'])})"


def criteria_table(own: Sequence[Record], peers: Mapping[str, Record], *, versus: str | None) -> pd.DataFrame:
    """One row per criterion: the city's answer and how many peers meet it.

    `own`: rows of city_criteria; `peers`: rows of peer_criteria by criterion_id.
    """
    rates = [peers[row["criterion_id"]] for row in own]
    earlier = [STATUS.get(row["versus_status"], "") for row in own]
    before = {f"Answer {versus}": earlier} if versus and any(earlier) else {}
    return pd.DataFrame(
        {
            "Criterion": [row["short_name"] for row in own],
            "Answer": [STATUS.get(row["status"]) for row in own],
            **before,
            "Peers that meet it": [peer_rate(row) for row in rates],
            "95 % interval": [
                "" if pd.isna(row["low"]) else f"{percent(row['low'])} to {percent(row['high'])}" for row in rates
            ],
            "Code": [row["criterion_id"] for row in own],
            "Text": [row["text"] for row in own],
            "Evidence": ["" if pd.isna(row["evidence"]) else row["evidence"] for row in own],
            "Practice area": [row["area"] for row in own],
        }
    )


def missing_title(missing: Sequence[Record], peers: Mapping[str, Record]) -> str:
    """What most peers meet and the city does not. `missing`: rows of city_criteria; `peers`: as for criteria_table."""
    if not missing:
        return "Every criterion asked is met"
    silent = any(row["status"] == "not_answered" for row in missing)
    many = f"{counted(len(missing), 'criterion', 'criteria')} not met{' or not answered' if silent else ''}"
    most = [row for row in (peers[row["criterion_id"]] for row in missing) if row["rate_low"] > _MOST]
    if not most:
        return many
    first = max(most, key=lambda row: float(row["rate_low"]))
    return f"{many}; most peers meet {number(len(most))} of them, first “{first['short_name']}”"
