"""The peers of one city, and what they meet, in words and tables."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lib.standard import Standard
from lib.twins.names import apart
from lib.twins.statuses import STATUS
from lib.words import NOT_ENOUGH, count_between, counted, half_up, number, percent, share_of

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


def peer_rate(row: Mapping[Any, Any] | pd.Series) -> str:
    """How many peers meet a criterion: "10 of 14 (71 %)", "9 to 10 of 14 (64 % to 71 %)". `row`: of peer_criteria."""
    if pd.isna(row["rate_low"]):
        return NOT_ENOUGH.format(units="peers")
    if row["met_low"] == row["met_high"]:
        return share_of(row["met_low"], row["answered"])
    span = count_between(row["met_low"], row["met_high"], row["answered"])
    return f"{span} ({percent(row['rate_low'])} to {percent(row['rate_high'])})"


def criteria_table(own: pd.DataFrame, peers: pd.DataFrame, *, versus: str | None) -> pd.DataFrame:
    """One row per criterion: the city's answer and how many peers meet it. `own`: city_criteria; `peers`:
    peer_criteria.
    """
    told = {row["criterion_id"]: row for row in peers.to_dict("records")}
    rates = [told[id_] for id_ in own["criterion_id"]]
    before = {f"Answer {versus}": own["versus_status"].map(STATUS).fillna("")} if versus else {}
    return pd.DataFrame(
        {
            "Criterion": own["short_name"],
            "Answer": own["status"].map(STATUS),
            **before,
            "Peers that meet it": [peer_rate(row) for row in rates],
            "95 % interval": [
                "" if pd.isna(row["low"]) else f"{percent(row['low'])} to {percent(row['high'])}" for row in rates
            ],
            "Code": own["criterion_id"],
            "Text": own["text"],
            "Evidence": own["evidence"].fillna(""),
            "Practice area": own["area"],
        }
    )


def missing_title(own: pd.DataFrame, peers: pd.DataFrame) -> str:
    """What most peers meet and the city does not. `own`: city_criteria; `peers`: peer_criteria."""
    missing = own[~own["status"].isin(["met", "not_applicable"])]
    if missing.empty:
        return "Every criterion asked is met"
    many = f"{counted(len(missing), 'criterion', 'criteria')} not met or not answered"
    known = peers[peers["criterion_id"].isin(missing["criterion_id"])].dropna(subset="rate_low")
    most = known[known["rate_low"] > _MOST]
    if most.empty:
        return many
    first = most.sort_values("rate_low", ascending=False, kind="stable").iloc[0]
    return f"{many}; most peers meet {number(len(most))} of them, first “{first['short_name']}”"
