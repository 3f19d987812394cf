"""What one city does not meet, ranked by leverage: what is known of each criterion and makes its rank."""

import numpy as np
import pandas as pd

from lib.peers import MOST, Peers
from lib.queries.cohort import ask
from lib.queries.peers import followed, peer_criteria
from lib.queries.peers_chosen import chosen
from lib.queries.road import own_answers, shortest_road, simulated, standing_of
from lib.queries.standards import read_standard
from lib.queries.steps import steps_near
from lib.scenario import USUAL_EFFORT
from lib.selection import SIMILAR, Selection
from lib.stats.road import Bools
from lib.warehouse import Warehouse

ON_ROAD = 2
"""How many times as much a criterion counts for being on the shortest road."""
GAPS = ("not_met", "partly_met", "not_answered", "blocked")
_RATES = [
    "criterion_id",
    "position",
    "answered",
    "met_low",
    "met_high",
    "rate_low",
    "rate_high",
    "low",
    "high",
]

# As text, row by row: to read 25 ids as a type of 10,000 values takes DuckDB longer than to look through the answers.
_WHO = """
select criterion_id, city_id as peer_id
from response
where standard_id = try_cast($standard as standard_id)
    and stage = try_cast($stage as stage)
    and cycle = try_cast($cycle as cycle_label)
    and status = 'met'
    and list_contains($listed::text[], city_id::text)
"""


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
    rates = peer_criteria(warehouse, selection, city, peers).dropna(subset="rate_low")
    middle = (rates["rate_low"] + rates["rate_high"]) / 2
    return tuple(zip(rates["criterion_id"], middle.round(6), strict=True))


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
    ids = near["city_id"].tolist()
    met = ask(warehouse, selection, _WHO, listed=tuple(ids))
    place = met["peer_id"].map({id_: place for place, id_ in enumerate(ids)})
    met = met.iloc[place.argsort(kind="stable")].reset_index(drop=True)
    return met.assign(name=met["peer_id"].map(dict(zip(ids, near["name"], strict=True))))


def _gaps(
    warehouse: Warehouse, selection: Selection, city: str, peers: Peers, effort: tuple[tuple[str, int], ...]
) -> pd.DataFrame:
    answers, standard = own_answers(warehouse, selection, city), read_standard(warehouse, selection.standard)
    gaps = answers[answers["status"].isin(GAPS)]
    rates = peer_criteria(warehouse, selection, city, peers)[_RATES]
    rows = gaps.drop(columns="credit").merge(rates, on="criterion_id", how="left")
    rows = rows.merge(_met_next(warehouse, selection, city), on="criterion_id", how="left")
    road, chosen = road_of(warehouse, selection, city, peers, effort=effort) or (), dict(effort)
    rows = rows.assign(
        on_road=rows["criterion_id"].isin(road),
        effort=rows["criterion_id"].map(chosen).fillna(USUAL_EFFORT).astype(np.int64),
        chosen=rows["criterion_id"].isin(list(chosen)),
    )
    if answers.empty:
        return _ranked(rows.assign(adds=0.0, unlocks=0, unlocks_named="", waits_for=""))
    places, standing = gaps.index.to_numpy(), standing_of(answers, standard)
    ids = answers["criterion_id"].to_numpy(object)
    blocked = (gaps["status"] == "blocked").to_numpy()
    lacked = standing.needs & ~standing.held[None, :]
    opened = [[ids[child] for child in places if lacked[child, place]] for place in places]
    waits = [", ".join(ids[lacked[place]]) for place in places]
    return _ranked(
        rows.assign(
            adds=(standing.worth * np.where(standing.open, 1 - standing.credit, 1.0))[places],
            unlocks=[len(children) for children in opened],
            unlocks_named=[", ".join(children) for children in opened],
            waits_for=waits,
        ),
        done=blocked,
    )


def _met_next(warehouse: Warehouse, selection: Selection, city: str) -> pd.DataFrame:
    """criterion_id, next_share, next_low, next_high, next_n; no rows where nobody's answers are known."""
    score, names = simulated(warehouse, selection, city).score, ["next_share", "next_low", "next_high", "next_n"]
    if warehouse.limited or np.isnan(score):
        return pd.DataFrame({"criterion_id": pd.Series(dtype="str")} | dict.fromkeys(names, pd.Series(dtype="float64")))
    width = SIMILAR * read_standard(warehouse, selection.standard).score_max
    steps = steps_near(warehouse, selection, score, width)
    columns = ("pass_rate", "low", "high", "cases")
    return steps[["criterion_id", *columns]].rename(columns=dict(zip(columns, names, strict=True)))


def _ranked(rows: pd.DataFrame, done: Bools | None = None) -> pd.DataFrame:
    """With leverage and rank: peers' share × points × (1 + unlocked) × (on the road: 2) × usual effort ÷ effort."""
    share = (rows["rate_low"] + rows["rate_high"]) / 2
    reach = rows["adds"] * (1 + rows["unlocks"]) * np.where(rows["on_road"], ON_ROAD, 1)
    leverage = (share * reach * USUAL_EFFORT / rows["effort"]).round(9)
    leverage = leverage if done is None else leverage.mask(done)
    ranked = rows.assign(leverage=leverage, rank=leverage.rank(ascending=False, method="min"))
    order = ["leverage", "on_road", "unlocks", "position"]
    return ranked.sort_values(order, ascending=[False, False, False, True], na_position="last", ignore_index=True)
