"""Whom a rule finds, city by city: who is compared with one city, how far each is, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.peers import DEFAULT, GROUPS, PICKED, RATIO, SIMILAR, Peers
from lib.queries.cohort import ask
from lib.queries.peers_known import Known, Traits, read_known, read_traits
from lib.queries.peers_why import reasons
from lib.selection import Selection
from lib.stats.gower import gower
from lib.warehouse import Warehouse

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]

NEVER = 99
"""The step of those whom a rule does not take, however far it is widened."""

# Everybody assessed, so that a city's distances do not depend on who else is selected. By their codes: a name or an id
# for each of thousands, of whom at most a few are shown, takes most of the time.
_ASSESSED = """
select
    enum_code(city_score.city_id) as code,
    assessment.participation,
    coalesce(city_score.level, $no_level) as level,
    coalesce(city_score.level_position, 0) as level_position,
    earlier.score as versus_score,
    city_score.city_id in (select city_id from cohort) as selected
from assessment
join city_score using (standard_id, city_id, cycle, stage)
left join city_score as earlier
    on earlier.city_id = assessment.city_id
    and earlier.standard_id = try_cast($standard as standard_id)
    and earlier.stage = try_cast($stage as stage)
    and earlier.cycle = try_cast($versus as cycle_label)
where assessment.standard_id = try_cast($standard as standard_id)
    and assessment.stage = try_cast($stage as stage)
    and assessment.cycle = try_cast($cycle as cycle_label)
"""


@dataclass(frozen=True, slots=True)
class Pool:
    """Everybody who could be a peer of one city, and what they are compared by.

    `others`: rows of the candidates, by name. `own`: the city's own row, None where it was not assessed. `rows`: where
    the candidates stand in `known`; `row`: where the city does, None where nothing is known of it.
    """

    others: pd.DataFrame
    own: dict[Any, Any] | None
    known: Known
    traits: Traits
    rows: Whole
    row: int | None


def chosen(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """One row per peer, nearest first: city_id, name, level, level_position, distance (0 to 1; NaN where nothing is
    known of both), step (how far the rule was widened to take it in), why (words). A group is taken whole.

    A rule that the database does not know finds nobody: see `followed`.
    """
    return warehouse.computed(_chosen, selection, city, peers)


def pool_of(warehouse: Warehouse, selection: Selection, city: str) -> Pool:
    """Everybody selected but the city itself."""
    everybody, known = ask(warehouse, selection, _ASSESSED), read_known(warehouse)
    rows, row = known.rows[everybody["code"].to_numpy(np.intp)], known.place.get(city)
    own = everybody[rows == row].to_dict("records")
    others = np.flatnonzero(everybody["selected"].to_numpy(bool) & (rows != row))
    others = others[np.argsort(known.by_name[rows[others]])]
    found = everybody.iloc[others].reset_index(drop=True)
    return Pool(found, own[0] if own else None, known, read_traits(warehouse), rows[others], row)


def _chosen(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    pool = pool_of(warehouse, selection, city)
    rule = peers.rule
    distance, step = distances(pool, peers), _steps(pool, rule, peers)
    near = _score_gap(pool) if rule == "score" else distance
    kept = _nearest(step, near, _limit(rule, peers))
    kept = kept[_nearest(np.zeros_like(kept), near[kept], None)]
    found = named(pool, kept).join(pool.others.iloc[kept][["level", "level_position"]].reset_index(drop=True))
    why = reasons(pool.known, pool.traits, pool.row, pool.rows[kept], _added(pool, rule, kept))
    return found.assign(distance=distance[kept], step=step[kept], why=why)


def named(pool: Pool, kept: Whole) -> pd.DataFrame:
    """One row per candidate kept: city_id, name."""
    rows = pool.rows[kept]
    ids, names = ([told[row] for row in rows] for told in (pool.known.ids, pool.known.names))
    return pd.DataFrame({"city_id": ids, "name": names}, dtype="str")


def distances(pool: Pool, peers: Peers) -> Floats:
    """How far each candidate is in all that is known of it: by any rule the same measure."""
    if pool.row is None or not len(pool.traits.all):
        return np.full(len(pool.rows), np.nan)
    weights = np.array([peers.weight(trait.id) for trait in pool.traits.all], np.float64)
    return gower(pool.known.values[pool.row], pool.known.values[pool.rows], pool.known.spans, weights)


def _limit(rule: str, peers: Peers) -> int | None:
    return None if rule in (*GROUPS, PICKED) else peers.many


def _nearest(step: Whole, distance: Floats, limit: int | None) -> Whole:
    """Places of those taken, by step, then by distance, then by name."""
    far = np.where(np.isnan(distance), np.inf, np.round(distance, 12))
    order = np.lexsort((np.arange(len(step)), far, step))
    return order[step[order] < NEVER][:limit]


def _steps(pool: Pool, rule: str, peers: Peers) -> Whole:
    """How far a rule must be widened to take each candidate in; NEVER where it does not at all."""
    if rule == DEFAULT:
        return _class(pool)
    return np.where(_fits(pool, rule, peers), 0, NEVER).astype(np.intp)


def _class(pool: Pool) -> Whole:
    """0 = same size band and area, 1 = a neighbouring band there, 2 = same band anywhere, 3 = everybody.

    What is not known of the city itself makes no difference.
    """
    near = _band_gap(pool)
    here = _same(pool, pool.traits.area)
    sized = pool.row is not None and not np.isnan(pool.known.bands[pool.row])
    placed = _told(pool, pool.traits.area)
    steps = [here & (near == 0), here & (near <= 1), near == 0]
    if not (sized and placed):
        steps = [near == 0] if sized else [here] if placed else []
    found = np.full(len(pool.rows), len(steps), np.intp)
    for step in reversed(range(len(steps))):
        found[steps[step]] = step
    return found


def _fits(pool: Pool, rule: str, peers: Peers) -> NDArray[np.bool_]:
    others, own = pool.others, pool.own
    by_rule: dict[str, Callable[[], Any]] = {
        "size": lambda: _band_gap(pool) == 0,
        "ratio": lambda: _ratio(pool) <= np.log(RATIO) + 1e-12,
        SIMILAR: lambda: ~np.isnan(distances(pool, peers)),
        "level": lambda: others["level_position"] == (own["level_position"] if own else np.nan),
        "above": lambda: others["level_position"] == (own["level_position"] + 1 if own else np.nan),
        "history": lambda: others["participation"] == (own["participation"] if own else None),
        "score": lambda: ~np.isnan(_score_gap(pool)),
        PICKED: lambda: np.isin(pool.rows, [pool.known.place.get(id_, -1) for id_ in peers.picked]),
        "all": lambda: np.ones(len(others), bool),
        "area": lambda: _same(pool, pool.traits.area),
    }
    return np.asarray(by_rule[rule]() if rule in by_rule else _same(pool, rule), dtype=bool)


def _told(pool: Pool, trait: str | None) -> bool:
    column = _place(pool, trait)
    return column is not None and pool.row is not None and not np.isnan(pool.known.values[pool.row, column])


def _same(pool: Pool, trait: str | None) -> NDArray[np.bool_]:
    """Has each candidate the city's own value? Nobody has where it is not known."""
    column = _place(pool, trait)
    if column is None or pool.row is None:
        return np.zeros(len(pool.rows), bool)
    same: NDArray[np.bool_] = pool.known.values[pool.rows, column] == pool.known.values[pool.row, column]
    return same


def _band_gap(pool: Pool) -> Floats:
    """How many size bands each candidate is away; NaN = not known."""
    if pool.row is None:
        return np.full(len(pool.rows), np.nan)
    gap: Floats = np.abs(pool.known.bands[pool.rows] - pool.known.bands[pool.row])
    return gap


def _ratio(pool: Pool) -> Floats:
    """The logarithm of how many times one is as large as the other; NaN = not known."""
    column = _place(pool, pool.traits.size)
    if column is None or pool.row is None:
        return np.full(len(pool.rows), np.nan)
    raw = np.where(pool.known.raw[:, column] > 0, pool.known.raw[:, column], np.nan)
    apart: Floats = np.abs(np.log(raw[pool.rows]) - np.log(raw[pool.row]))
    return apart


def _score_gap(pool: Pool) -> Floats:
    own = np.nan if pool.own is None or pool.own["versus_score"] is None else float(pool.own["versus_score"])
    gap: Floats = np.abs(pool.others["versus_score"].to_numpy(np.float64) - own)
    return gap


def _place(pool: Pool, trait: str | None) -> int | None:
    return next((place for place, one in enumerate(pool.traits.all) if one.id == trait), None)


def _added(pool: Pool, rule: str, kept: Whole) -> list[str]:
    """What the rule itself has to say of each peer, before what is known of it."""
    rows = pool.others.iloc[kept]
    if rule in ("level", "above"):
        return [str(level) for level in rows["level"]]
    if rule == "history":
        return [str(words).replace("_", " ") for words in rows["participation"]]
    if rule == "score":
        return [f"{score:g} before" for score in rows["versus_score"]]
    return ["picked by hand" if rule == PICKED else ""] * len(rows)
