"""Cards about what one city does not meet: a sheet for each criterion, all of them as a table, and whom to ask."""

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd

from lib.peers import MOST, Peers
from lib.queries.gaps import who_meets
from lib.queries.gaps_sql import gaps_sql
from lib.queries.peers import peer_list
from lib.queries.peers_listed_sql import peers_sql
from lib.scenario import Scenario
from lib.twins.gaps import (
    Gap,
    asked_words,
    gaps_cards,
    gaps_table,
    leverage_parts,
    leverage_told,
    marks_of,
    next_words,
)
from lib.twins.peers import peer_rate
from lib.twins.records import records
from lib.ui.card import Behind, table_card
from lib.ui.figures import KeyFigure, key_figures
from lib.ui.layout import remark
from lib.ui.reading import Reading
from lib.ui.scenario import effort_choice
from lib.ui.sheets import Fact, Sheet, draw_sheet
from lib.words import half_up, interval, number

SHOWN = 10
"""Sheets on one page of the list."""
ORDERS = {
    "leverage": "Leverage",
    "effort": "Least effort",
    "peers": "Most peers meet it",
    "area": "Practice area",
}
GAPS_ROWS = "One row per criterion not met, the highest leverage first. Which are on the shortest road is searched for"
FOLLOWED = (
    "Met next: of {many} with a similar score that did not meet it, in any cycle and whatever is selected, the share "
    "that met it in their next assessment. Who can be asked: those of the {most} nearest peers that meet it."
)
NOT_FOLLOWED = (
    "What similar {many} met next is not told here: it would follow single ones from one cycle to the next, and their "
    "answers are confidential."
)
_BY = {
    "leverage": (["rank"], [True]),
    "effort": (["effort", "rank"], [True, True]),
    "peers": (["rate_low", "rate_high", "rank"], [False, False, True]),
    "area": (["position"], [True]),
}


def ordered(gaps: pd.DataFrame, order: str) -> pd.DataFrame:
    """The gaps in one of ORDERS; of equals those of higher leverage first."""
    columns, ascending = _BY[order]
    return gaps.sort_values(columns, ascending=ascending, kind="stable", na_position="last", ignore_index=True)


def figures(gaps: pd.DataFrame, scenario: Scenario, level: str) -> None:
    """How many are open, how long the road is, how many efforts are chosen."""
    key_figures([KeyFigure(*card) for card in gaps_cards(gaps, level=level, efforts=bool(scenario.effort))])


def names_of(reading: Reading, city: str, peers: Peers) -> Mapping[str, Sequence[str]]:
    """Criterion id → names of the peers that meet it, the nearest first; of nobody where that is not public."""
    rows = who_meets(reading.warehouse, reading.selection, city, peers)
    names: dict[str, list[str]] = {}
    for id_, name in zip(rows["criterion_id"].tolist(), rows["name"].tolist(), strict=True):
        names.setdefault(id_, []).append(name)
    return names


def sheets(
    reading: Reading, gaps: pd.DataFrame, scenario: Scenario, names: Mapping[str, Sequence[str]], level: str
) -> None:
    """A sheet for each of these gaps; what is blocked was done and waits, so it asks for no effort."""
    order = [criterion.id for criterion in reading.standard.criteria]
    for gap in records(gaps):
        effort = partial(effort_choice, gap["criterion_id"], scenario, order)
        draw_sheet(
            _sheet(reading, gap, names.get(gap["criterion_id"], ()), level),
            None if gap["status"] == "blocked" else effort,
        )


def gaps_card(
    reading: Reading, summary: tuple[str, str, Peers], gaps: pd.DataFrame, names: Mapping[str, Sequence[str]]
) -> None:
    """All of them as a table and a file. `summary`: id and name of the city, and its peers."""
    city, name, peers = summary
    limited, many = reading.warehouse.limited, reading.standard.noun_plural
    behind = NOT_FOLLOWED if limited else FOLLOWED
    table_card(
        gaps_table(gaps, reading.standard, names, limited=limited),
        title="The whole list",
        caption=f"{leverage_told(reading.standard)}. {behind.format(many=many, most=MOST)} {reading.sentence}.",
        behind=Behind(GAPS_ROWS, partial(gaps_behind, reading, city, peers, gaps)),
        key="gaps",
        file_name=f"{name} gaps",
    )


def gaps_behind(reading: Reading, city: str, peers: Peers, gaps: pd.DataFrame) -> str:
    """The statement behind the gaps, with the efforts and the road that they have."""
    chosen = gaps[gaps["chosen"]]
    return gaps_sql(
        reading.warehouse,
        reading.selection,
        city,
        peers,
        effort=dict(zip(chosen["criterion_id"], chosen["effort"], strict=True)),
        road=list(gaps.loc[gaps["on_road"], "criterion_id"]),
    )


def certified_card(reading: Reading, city: str, peers: Peers) -> None:
    """Whom a city can ask: those that are certified, by name. Which criteria they meet is not public.

    A sentence where there is none.
    """
    listed = peer_list(reading.warehouse, reading.selection, city, peers)
    known = listed.dropna(subset="certified_level")
    if known.empty:
        remark("Nobody can be asked by name: none of these peers is certified.")
        return
    hidden = len(listed) - len(known)
    one, many = reading.standard.noun, reading.standard.noun_plural
    are = "other is" if hidden == 1 else "others are"
    others = f"{number(hidden)} {are} in these groups, not certified and not named. "
    table_card(
        pd.DataFrame(
            {one.capitalize(): known["name"], "Certified": known["certified_level"], "Why a peer": known["why"]}
        ),
        title=f"Whom to ask: {number(len(known))} certified peers"
        if len(known) != 1
        else "Whom to ask: a certified peer",
        caption=f"Certified {many} are public by name and level. Which criteria they meet is not public: ask them. "
        f"{others if hidden else ''}",
        behind=Behind(
            "One row per certified peer, those of the nearest group first",
            partial(peers_sql, reading.warehouse, reading.selection, city, peers, certified=True),
        ),
        key="certified",
        file_name="certified peers",
    )


def _sheet(reading: Reading, gap: Gap, names: Sequence[str], level: str) -> Sheet:
    many, plain = reading.standard.noun_plural, reading.standard.score_unit[0] == "criterion"
    known = pd.notna(gap["rate_low"])
    peers = Fact(
        "Peers that meet it",
        peer_rate(gap),
        interval(gap["low"], gap["high"]) if known else "",
        (gap["rate_low"], gap["rate_high"]) if known else None,
        (gap["low"], gap["high"]) if known else None,
    )
    leverage = "–" if pd.isna(gap["leverage"]) else f"{half_up(gap['leverage'], 2):.2f}"
    facts = [Fact("Leverage", leverage, leverage_parts(gap, plain=plain)), peers]
    if not reading.warehouse.limited:
        share, behind = next_words(gap)
        seen = pd.notna(gap["next_share"])
        facts.append(
            Fact(
                f"Similar {many} met it next",
                share,
                behind,
                (gap["next_share"],) * 2 if seen else None,
                (gap["next_low"], gap["next_high"]) if seen else None,
            )
        )
    rank = "–" if pd.isna(gap["rank"]) else number(gap["rank"])
    return Sheet(
        rank, gap["criterion_id"], gap["short_name"], gap["text"], marks_of(gap, level=level), facts, asked_words(names)
    )
