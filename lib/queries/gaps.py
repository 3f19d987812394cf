"""What one city does not meet, ranked by leverage: what is known of each criterion and makes its rank."""

from math import isnan
from typing import Any

import numpy as np
import pandas as pd

from lib.peers import MOST, Peers
from lib.queries.kept import codes_of, kept_answers
from lib.queries.peers import followed, peer_criteria
from lib.queries.peers_chosen import chosen
from lib.queries.road import own_answers, shortest_road, simulated, standing_of
from lib.queries.standards import read_standard
from lib.queries.steps import steps_near
from lib.scenario import USUAL_EFFORT
from lib.selection import SIMILAR, Selection
from lib.standard import Standard
from lib.stats.attendance import Reals
from lib.stats.road import Bools, Places
from lib.warehouse import Warehouse

ON_ROAD = 2
"""How many times as much a criterion counts for being on the shortest road."""
GAPS = ("not_met", "partly_met", "not_answered", "blocked")
_RATES = [
    "position",
    "answered",
    "met_low",
    "met_high",
    "rate_low",
    "rate_high",
    "low",
    "high",
]
_NEXT = {"next_share": "pass_rate", "next_low": "low", "next_high": "high", "next_n": "cases"}


def city_gaps(
    warehouse: Warehouse, selection: Selection, city: str, peers: Peers, effort: tuple[tuple[str, int], ...] = ()
) -> pd.DataFrame:
    """One row per criterion that the city was asked and does not meet, the highest leverage first.

    criterion_id, short_name, text, position, area_id, area, status (one of GAPS); of the peers answered, met_low,
    met_high, rate_low, rate_high, low, high (see `peer_criteria`); adds (points that the score gains by it, were
    nothing in its way), unlocks (gaps that require it, directly or through others), unlocks_named and waits_for (ids
    of what it requires and lacks; both with commas), on_road (bool), next_share, next_low, next_high, next_n (of
    similar cities that did not meet it, who did in their next assessment; null on a database without others'
    answers), effort (1 to 5; the usual one where none is chosen), chosen (bool), leverage (see docs/method.md; null
    where too few peers answered, and for a blocked answer, which needs nothing but what it waits for), rank (equal
    leverage shares it).

    No rows where the city was not assessed.
    """
    return warehouse.computed(_gaps, selection, city, peers, effort)


def favoured(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> tuple[tuple[str, float], ...]:
    """(criterion id, share of the peers who meet it) where enough answered: what the shortest road prefers of equals.

    Where the share is known as a range it is the middle.
    """
    rates = peer_criteria(warehouse, selection, city, peers)
    middle = (rates["rate_low"].to_numpy() + rates["rate_high"].to_numpy()) / 2
    shares = zip(rates["criterion_id"], middle.round(6).tolist(), strict=True)
    return tuple((id_, share) for id_, share in shares if not isnan(share))


def road_of(
    warehouse: Warehouse,
    selection: Selection,
    city: str,
    peers: Peers,
    *,
    effort: tuple[tuple[str, int], ...] = (),
    target: str = "",
) -> tuple[str, ...] | None:
    """The shortest road with these efforts, of equals the one that most peers meet; see `shortest_road`."""
    favour = favoured(warehouse, selection, city, peers)
    return shortest_road(warehouse, selection, city, target=target, effort=effort, favour=favour)


def who_meets(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """One row per criterion and peer that meets it, nearest peer first: criterion_id, peer_id, name.

    Of a larger group the nearest MOST are asked about. No rows on a database without others' answers: who meets
    what is not public.
    """
    return warehouse.computed(_who, selection, city, peers)


def _who(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    near = None if warehouse.limited else chosen(warehouse, selection, city, followed(warehouse, peers))[:MOST]
    if near is None or near.empty:
        return pd.DataFrame(columns=["criterion_id", "peer_id", "name"])
    ids, names = (near[name].to_numpy(object) for name in ("city_id", "name"))
    kept = kept_answers(warehouse, selection)
    peer, criterion = np.nonzero((kept.status == "met")[kept.of(codes_of(warehouse, ids.tolist()))].T)
    told = {"criterion_id": kept.criteria[criterion], "peer_id": ids[peer], "name": names[peer]}
    return pd.DataFrame(told, dtype="str")


def _gaps(
    warehouse: Warehouse, selection: Selection, city: str, peers: Peers, effort: tuple[tuple[str, int], ...]
) -> pd.DataFrame:
    """Column by column and one frame at the end: to join and extend frames of forty rows takes longer than all else."""
    answers, standard = own_answers(warehouse, selection, city), read_standard(warehouse, selection.standard)
    places = np.flatnonzero(answers["status"].isin(GAPS))
    ids, chosen = [answers["criterion_id"].iat[place] for place in places], dict(effort)
    rates = peer_criteria(warehouse, selection, city, peers)  # row for row as the answers, where there are any
    road = frozenset(road_of(warehouse, selection, city, peers, effort=effort) or ())
    columns: dict[str, Any] = {name: rates[name].to_numpy()[places] for name in _RATES}
    columns |= _met_next(warehouse, selection, city, ids)
    columns |= {
        "on_road": np.array([id_ in road for id_ in ids], bool),
        "effort": np.array([chosen.get(id_, USUAL_EFFORT) for id_ in ids], np.int64),
        "chosen": np.array([id_ in chosen for id_ in ids], bool),
        **_reach(answers, standard, places),
    }
    leverage = _leverage(columns, done=(answers["status"] == "blocked").to_numpy()[places])
    columns |= {"leverage": leverage, "rank": _rank(leverage)}
    order = np.lexsort(
        (columns["position"], -columns["unlocks"], ~columns["on_road"], np.where(np.isnan(leverage), np.inf, -leverage))
    )
    told = {name: answers[name].array.take(places[order]) for name in answers.columns if name != "credit"}
    return pd.DataFrame(told | {name: values[order] for name, values in columns.items()})


def _reach(answers: pd.DataFrame, standard: Standard, places: Places) -> dict[str, Any]:
    """What the criteria at these places add to the score, unlock and wait for."""
    if answers.empty:
        nothing = np.array([], dtype="str")
        return {"adds": np.array([]), "unlocks": places, "unlocks_named": nothing, "waits_for": nothing}
    standing, ids = standing_of(answers, standard), answers["criterion_id"].to_numpy(object)
    lacked = standing.needs & ~standing.held[None, :]
    opened = [[ids[child] for child in places if lacked[child, place]] for place in places]
    return {
        "adds": (standing.worth * np.where(standing.open, 1 - standing.credit, 1.0))[places],
        "unlocks": np.array([len(children) for children in opened], np.int64),
        "unlocks_named": np.array([", ".join(children) for children in opened], dtype="str"),
        "waits_for": np.array([", ".join(ids[lacked[place]]) for place in places], dtype="str"),
    }


def _met_next(warehouse: Warehouse, selection: Selection, city: str, ids: list[str]) -> dict[str, Reals]:
    """next_share, next_low, next_high, next_n of each criterion; NaN where there is no case, or nobody's answers are
    known."""
    score = simulated(warehouse, selection, city).score
    if warehouse.limited or np.isnan(score):
        return {name: np.full(len(ids), np.nan) for name in _NEXT}
    width = SIMILAR * read_standard(warehouse, selection.standard).score_max
    steps = steps_near(warehouse, selection, score, width)
    row = {id_: place for place, id_ in enumerate(steps["criterion_id"])}
    rows = [row.get(id_, len(steps)) for id_ in ids]
    return {name: np.append(steps[column].to_numpy(np.float64), np.nan)[rows] for name, column in _NEXT.items()}


def _leverage(columns: dict[str, Any], done: Bools) -> Reals:
    """Peers' share × points × (1 + unlocked) × (on the road: 2) × usual effort ÷ effort; NaN where nothing is to do."""
    share = (columns["rate_low"] + columns["rate_high"]) / 2
    reach = columns["adds"] * (1 + columns["unlocks"]) * np.where(columns["on_road"], ON_ROAD, 1)
    return np.where(done, np.nan, np.round(share * reach * USUAL_EFFORT / columns["effort"], 9))


def _rank(leverage: Reals) -> Reals:
    """1 for the highest; equal ones share it, none without."""
    return np.where(np.isnan(leverage), np.nan, 1.0 + (leverage[None, :] > leverage[:, None]).sum(axis=1))
