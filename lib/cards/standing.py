"""Cards about one city among its peers: where it stands, how it moved beside them, who they are, what they meet."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from lib import charts
from lib.cards.next_step import next_step_link
from lib.peers import TOTAL, Peers
from lib.queries.city import city_criteria
from lib.queries.peers import peer_criteria, peer_list, peer_points, peers_told
from lib.queries.peers_listed_sql import peers_sql
from lib.queries.peers_sql import areas_sql, criteria_sql
from lib.selection import STAGES
from lib.twins.peers import Record, criteria_table, missing_title, peers_table, peers_title
from lib.twins.records import records
from lib.twins.standing import (
    moved_table,
    moved_title,
    standing_cards,
    standing_finding,
    standing_table,
    standing_title,
    total_of,
)
from lib.ui.card import Behind, chart_card, table_card
from lib.ui.figures import KeyFigure, key_figures
from lib.ui.layout import section
from lib.ui.links import go
from lib.ui.reading import Reading
from lib.words import counted

DOTS = 400
"""More peers than this on a strip say nothing that their middle half does not."""
POINTS = ["area_id", "city_id", "name", "score", "asked", "mine"]
AREAS_ROWS = "One row per practice area with enough peers, and one for all criteria: the city among them"
PEERS_ROWS = {
    False: "One row per peer, the nearest first: how far it is (Gower) and what is known of it",
    True: "One row per member of the groups that count as peers, the nearest group first",
}
SHOWN = 50
"""Peers in the table on the page."""
DISTANCE = "Distance: 0 = alike in all that is known of both, 1 = in nothing (Gower; numbers by their ratio)"
WHOLE_GROUPS = (
    "Why: what all of the group share and may be told. Each group is listed whole; who has no {stage} answers in this "
    "cycle is not counted among the peers"
)
FOLLOWED = "The peers' change is the median of those scored in both cycles"
IN_GROUPS = (
    "The peers' change: the median of each group, of scores moved at random by about a criterion, and the mean of "
    "these by their cities scored in both cycles"
)
UNFOLLOWED = (
    "Peers are followed from one cycle to the next only, and in groups with at least five of them scored in both, so "
    "their change is not told here"
)
MOVED = "Scores of peers are moved at random by about a criterion, to keep their answers confidential. "


def finding_and_figures(reading: Reading, summary: pd.Series, peers: Peers, total: pd.Series) -> None:
    """The finding as the page's heading, and the key figures."""
    standard, told = reading.standard, {"indicative": reading.indicative, "exact": not reading.warehouse.limited}
    section(standing_finding(summary, total, standard, peers, **told))
    cards = standing_cards(summary, total, standard, versus=reading.selection.versus, **told)
    key_figures([KeyFigure(*card) for card in cards])


def among_peers(reading: Reading, city: str, name: str, peers: Peers, areas: pd.DataFrame) -> None:
    """Where the city stands among its peers, and how both moved."""
    who = peers_told(reading.warehouse, reading.selection, city, peers)
    standing_card(reading, city, name, peers, areas, who=who)
    if reading.selection.versus:
        moved_card(reading, city, name, peers, areas)


def peers_and_criteria(reading: Reading, summary: pd.Series, peers: Peers) -> None:
    """Who the peers are, and criterion by criterion what they meet and the city does not."""
    city, name = str(summary["city_id"]), str(summary["name"])
    who = peers_told(reading.warehouse, reading.selection, city, peers)
    peers_card(reading, city, name, peers, who)
    criteria_cards(reading, city, name, peers, who, leads_to=partial(next_step_link, reading, summary))


def standing_card(reading: Reading, city: str, name: str, peers: Peers, areas: pd.DataFrame, *, who: str) -> None:
    """Each practice area and all criteria: the peers as dots, their middle half, their median, and the city.

    `who`: the peers in words, as in every card here.
    """
    few = total_of(areas)["n"] <= DOTS
    points = peer_points(reading.warehouse, reading.selection, city, peers) if few else pd.DataFrame(columns=POINTS)
    clicked = chart_card(
        charts.area_strip(strip(points, areas, name), focus=name, noun_plural="peers"),
        title=standing_title(areas),
        caption="Share = criteria met ÷ criteria asked. Band: the middle half of the peers; tick: their median. "
        f"{moved(reading)}{who}. {reading.sentence}.",
        alt=f"Strips: criteria met in each practice area and in total, {name} among its peers.",
        table=partial(standing_table, areas, name=name),
        behind=Behind(
            AREAS_ROWS,
            partial(areas_sql, reading.warehouse, reading.selection, city, peers),
        ),
        key="standing",
        file_name=f"{name} among peers",
    )
    if clicked and clicked.customdata:
        go("city", city=str(clicked.customdata))


def strip(points: pd.DataFrame, areas: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows of the strip plot, all criteria first: shares of what the city was asked, or the standard asks.

    Also the city's own row in areas where it has no count, so that each area is drawn.
    """
    whole = areas["area_id"] == TOTAL
    order, others = pd.concat([areas[whole], areas[~whole]]), points[~points["mine"].to_numpy(bool)]
    rows = np.append(pd.Index(order["area_id"]).get_indexer(others["area_id"]), range(len(order)))
    sorting = np.argsort(rows, kind="stable")
    rows = rows[sorting]
    met, asked = (
        np.append(others[theirs].to_numpy(np.float64), order[own].to_numpy(np.float64))[sorting]
        for theirs, own in (("score", "own"), ("asked", "asked"))
    )
    wanted = order["asked"].to_numpy(np.float64)[rows]
    asked = np.where(np.isnan(asked), wanted, asked)
    shares = {part: order[part].to_numpy(np.float64)[rows] / wanted for part in ("q1", "median", "q3")}
    texts = {"city_id": ("", ""), "name": ("a peer", name)}
    labels = {"area_id": order["area_id"].replace(TOTAL, "All"), "area": order["area"]}
    return pd.DataFrame(
        {
            **{column: label.to_numpy(object)[rows] for column, label in labels.items()},
            **{
                column: np.append(others[column].fillna(unknown).to_numpy(object), [own] * len(order))[sorting]
                for column, (unknown, own) in texts.items()
            },
            "share": met / asked,
            "met": met,
            "asked": asked,
            "is_focus": sorting >= len(others),
            **shares,
            "cities": order["n"].to_numpy()[rows],
        }
    )


def moved_card(reading: Reading, city: str, name: str, peers: Peers, areas: pd.DataFrame) -> None:
    """What changed since the compared cycle, beside the change of the peers where they can be followed."""
    versus = reading.selection.versus or ""
    exact, known = not reading.warehouse.limited, areas["peers_change"].notna().any()
    theirs = FOLLOWED if exact else IN_GROUPS if known else UNFOLLOWED
    unit = reading.standard.score_unit
    in_points = "" if exact or unit[0] == "criterion" else f"; all criteria: the score in {unit[1]}"
    table_card(
        moved_table(areas, now=reading.selection.cycle, versus=versus, exact=exact),
        title=moved_title(total_of(areas), versus, reading.standard, exact=exact),
        caption=f"Criteria met{in_points}. {theirs}. {reading.sentence}.",
        behind=Behind(
            AREAS_ROWS,
            partial(areas_sql, reading.warehouse, reading.selection, city, peers),
        ),
        key="moved",
        file_name=f"{name} change beside peers",
    )


def peers_card(reading: Reading, city: str, name: str, peers: Peers, who: str) -> None:
    """Who the peers are, why each is one, and how far."""
    listed = peer_list(reading.warehouse, reading.selection, city, peers)
    table = partial(peers_table, standard=reading.standard, indicative=reading.indicative)
    first = f"The first {SHOWN}; the file has all. " if len(listed) > SHOWN else ""
    how = WHOLE_GROUPS.format(stage=STAGES[reading.selection.stage].lower()) if reading.warehouse.limited else DISTANCE
    table_card(
        table(listed.head(SHOWN)),
        title=peers_title(listed, who),
        caption=f"{how}. {first}{reading.sentence}.",
        behind=Behind(
            PEERS_ROWS[reading.warehouse.limited], partial(peers_sql, reading.warehouse, reading.selection, city, peers)
        ),
        key="peers",
        file_name=f"{name} peers",
        whole=partial(table, listed),
    )


def criteria_cards(
    reading: Reading, city: str, name: str, peers: Peers, who: str, *, leads_to: Callable[[], None]
) -> None:
    """The criteria that the city does not meet, most met by the peers first; then those that it meets.

    `leads_to`: draws the link at the foot of the first card.
    """
    own = records(city_criteria(reading.warehouse, reading.selection, city))
    found = records(peer_criteria(reading.warehouse, reading.selection, city, peers))
    rates = {row["criterion_id"]: row for row in found}
    met = [row for row in own if row["status"] == "met"]
    others = sorted(
        (row for row in own if row["status"] != "met"), key=lambda row: _by_peers(rates[row["criterion_id"]])
    )
    missing = [row for row in others if row["status"] != "not_applicable"]
    for some, title, key, way in (
        (others, missing_title(missing, rates), "not-met", leads_to if missing else None),
        (met, f"{counted(len(met), 'criterion', 'criteria')} met", "met", None),
    ):
        table_card(
            criteria_table(some, rates, versus=reading.selection.versus),
            title=title,
            caption=f"Peers that meet it: met ÷ answered, with the 95 % Wilson interval. {who}. {reading.sentence}.",
            behind=Behind(
                "One row per criterion: the answer, and how many of the peers meet it, with the 95 % Wilson interval",
                partial(criteria_sql, reading.warehouse, reading.selection, city, peers, met=key == "met"),
            ),
            key=key,
            file_name=f"{name} {key}",
            leads_to=way,
        )


def _by_peers(rate: Record) -> float:
    """Most met first; what too few peers answered is last."""
    return float("inf") if pd.isna(rate["rate_low"]) else -float(rate["rate_low"])


def moved(reading: Reading) -> str:
    """What a caption says where peers' scores are not exact."""
    return MOVED if reading.warehouse.limited else ""
