"""The page Gaps in words and tables."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd

from lib.scenario import USUAL_EFFORT
from lib.standard import Standard
from lib.twins.cards import Card
from lib.twins.peers import peer_rate
from lib.twins.records import records
from lib.twins.statuses import STATUS
from lib.words import NOT_ENOUGH, count_of, counted, half_up, interval, listed, number, percent

Gap: TypeAlias = Mapping[Any, Any] | pd.Series
"""One row of city_gaps. A page that writes many has them as dicts: a Series of each takes fifty times as long."""
NAMED = 4
"""Peers named on a sheet; the table has all."""


def leverage_told(standard: Standard) -> str:
    """What leverage is, for a caption; a standard without levels has no road to one."""
    road = "× 2 if on the shortest road " if standard.levels else ""
    return (
        f"Leverage = share of the peers who meet it × points it adds to the score × (1 + gaps it unlocks) {road}"
        f"× {USUAL_EFFORT} ÷ effort. An effort that nobody has chosen counts as {USUAL_EFFORT}. "
        "It orders what to look at first; it foretells nothing"
    )


def gaps_finding(name: str, gaps: pd.DataFrame, *, level: str) -> str:
    """How many criteria are not met, and which has the highest leverage. `level`: the next one, empty if there is none.

    `gaps`: city_gaps.
    """
    if gaps.empty:
        return f"{name} meets every criterion it was asked for."
    many = f"{counted(len(gaps), 'criterion is', 'criteria are')} {_how_open(gaps['status'])} {name}"
    first = gaps[gaps["rank"] == 1]
    if first.empty:
        return f"{many}: {NOT_ENOUGH.format(units='peers')} which comes first."
    what = f"“{first['short_name'].iloc[0]}” has" if len(first) == 1 else f"{number(len(first))} criteria share"
    row = first.iloc[0]
    why = [f"peers that meet it: {peer_rate(row)}"] if len(first) == 1 else []
    why += ["on the shortest road to " + level] if len(first) == 1 and row["on_road"] and level else []
    detail = f" ({'; '.join(why)})" if why else ""
    return f"{many}; {what} the highest leverage{detail}."


def _how_open(status: pd.Series) -> str:
    """Whoever said yes to what waits for another criterion did not fail to meet it."""
    if status.eq("blocked").any():
        return "open for"
    silent = status.eq("not_answered")
    return "not answered by" if silent.all() else "not met or not answered by" if silent.any() else "not met by"


def gaps_cards(gaps: pd.DataFrame, *, level: str, efforts: bool) -> list[Card]:
    """How many are open and why, how long the shortest road is, and how many efforts are chosen."""
    kinds = {"not_met": "not met", "partly_met": "partly met", "not_answered": "not answered", "blocked": "blocked"}
    counts = gaps["status"].value_counts()
    told = [f"{number(counts[kind])} {words}" for kind, words in kinds.items() if counts.get(kind)]
    cards: list[Card] = [("Open criteria", number(len(gaps)), ", ".join(told), "", None)]
    if level:
        on_road = int(gaps["on_road"].sum())
        reach = "least effort" if efforts else "fewest criteria"
        road = (counted(on_road, "criterion", "criteria"), reach) if on_road else ("–", "no set reaches it")
        cards.append((f"Shortest road to {level}", *road, "", None))
    chosen = int(gaps["chosen"].sum())
    others = "the others count as 3" if chosen else "all count as 3 until chosen"
    to_do = len(gaps) - int(counts.get("blocked", 0))  # what is blocked was done, and waits
    cards.append(("Efforts chosen", f"{number(chosen)} of {number(to_do)}", others, "", None))
    return cards


def all_of(codes: str) -> str:
    """Codes that stand in a row, with their verb: "DM1 is", "DM1 and DM2 are"."""
    each = codes.split(", ")
    return f"{listed(each, len(each))} {'is' if len(each) == 1 else 'are'}"


def leverage_parts(gap: Gap, *, plain: bool) -> str:
    """How the leverage of a gap comes about: "67 % × 2 on the road × 3 ÷ effort 1". `plain`: all add one point."""
    if gap["status"] == "blocked":
        return f"answered yes; counts once {all_of(gap['waits_for'])} met"
    if pd.isna(gap["leverage"]):
        return NOT_ENOUGH.format(units="peers")
    middle = (gap["rate_low"] + gap["rate_high"]) / 2
    exact = gap["rate_low"] == gap["rate_high"]
    parts = [
        f"{percent(middle)} of peers{'' if exact else ' (middle)'}",
        "" if plain else f"{number(gap['adds'], 2)} points",
        f"{number(1 + gap['unlocks'])} with what it unlocks" if gap["unlocks"] else "",
        "2 on the shortest road" if gap["on_road"] else "",
        f"{USUAL_EFFORT} ÷ effort {number(gap['effort'])}" if gap["effort"] != USUAL_EFFORT else "",
    ]
    return " × ".join(filter(None, parts))


def marks_of(gap: Gap, *, level: str) -> list[tuple[str, str]]:
    """(kind, words) of what must be seen at once about a gap."""
    marks = {
        "road": f"On the shortest road to {level}" if gap["on_road"] else "",
        "unlocks": f"Unlocks {gap['unlocks_named']}" if gap["unlocks"] else "",
        "waits": f"Waits for {gap['waits_for']}" if gap["waits_for"] else "",
        "silent": "Not answered" if gap["status"] == "not_answered" else "",
        "partly": "Partly met" if gap["status"] == "partly_met" else "",
        "blocked": "Blocked" if gap["status"] == "blocked" else "",
    }
    return [(kind, words) for kind, words in marks.items() if words]


def next_words(gap: Gap) -> tuple[str, str]:
    """What similar cities met next, as a share and as what stands behind it; dashes where it is not known."""
    if pd.isna(gap["next_n"]):
        return "–", "no case"
    if pd.isna(gap["next_share"]):
        return "–", f"{NOT_ENOUGH.format(units='cases')} ({number(gap['next_n'])})"
    cases = gap["next_n"]
    met = f"{count_of(round(gap['next_share'] * cases), cases)} {'case' if cases == 1 else 'cases'}"
    return f"{met} ({percent(gap['next_share'])})", interval(gap["next_low"], gap["next_high"])


def asked_words(names: Sequence[str]) -> str:
    """Who can be asked, the nearest first: "Ask Lima, Cusco, Quito, Bahia and 3 more"."""
    return f"Ask {listed(list(names), NAMED)}" if names else ""


def gaps_table(
    gaps: pd.DataFrame, standard: Standard, names: Mapping[str, Sequence[str]], *, limited: bool
) -> pd.DataFrame:
    """One row per gap in the order of the page. `names`: criterion id → peers that meet it, nearest first."""
    rows = records(gaps)
    nexts = [next_words(gap) for gap in rows]
    open_to_all = (
        {}
        if limited
        else {
            f"Met next by similar {standard.noun_plural}": [share for share, _ in nexts],
            "Interval of these": [behind for _, behind in nexts],
            "Who can be asked": [", ".join(names.get(id_, ())) for id_ in gaps["criterion_id"]],
        }
    )
    on_road = {"On the shortest road": gaps["on_road"].map({True: "yes", False: "no"})} if standard.levels else {}
    return pd.DataFrame(
        {
            "Rank": gaps["rank"],
            "Code": gaps["criterion_id"],
            "Criterion": gaps["short_name"],
            "Practice area": gaps["area"],
            "Answer": gaps["status"].map(STATUS),
            "Leverage": [half_up(value, 2) for value in gaps["leverage"].tolist()],
            "Peers that meet it": [peer_rate(gap) for gap in rows],
            "95 % interval": [
                "" if pd.isna(low) else f"{percent(low)} to {percent(high)}"
                for low, high in zip(gaps["low"], gaps["high"], strict=True)
            ],
            "Adds to the score": [half_up(value, 2) for value in gaps["adds"].tolist()],
            "Unlocks": gaps["unlocks_named"],
            "Waits for": gaps["waits_for"],
            **on_road,
            "Effort": gaps["effort"],
            **open_to_all,
            "Text": gaps["text"],
        }
    )
