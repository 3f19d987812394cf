"""Whom a rule finds, city by city: who is compared with one city, how far each is, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.peers import DEFAULT, GROUPS, PICKED, RATIO, SIMILAR, Peers
from lib.queries.peers_assessed import Assessed, read_assessed, scores_before
from lib.queries.peers_known import Known, Traits, read_known, read_traits
from lib.queries.peers_why import reasons
from lib.queries.selected import codes_selected
from lib.selection import Selection
from lib.stats.gower import gower
from lib.warehouse import Warehouse

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]

NEVER = 99
"""The step of those whom a rule does not take, however far it is widened."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Everybody who could be a peer of one city, and what they are compared by.

    `all`: everybody assessed, and `before` the score of each in the compared cycle (NaN = none). `others`: where the
    candidates stand in it, by name; `own`: where the city does, None where it was not assessed. `rows`: where the
    candidates stand in `known`; `row`: where the city does, None where nothing is known of it.
    """

    all: Assessed
    before: Floats
    others: Whole
    own: int | None
    known: Known
    traits: Traits
    rows: Whole
    row: int | None


def chosen(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """One row per peer, nearest first: city_id, name, level, level_position, distance (0 to 1; NaN where nothing is
    known of both), step (how far the rule was widened to take it in), why (words). A group is taken whole.

    A rule that the database does not know finds nobody: see `followed`. `attrs["fitting"]`: how many the rule finds,
    widened as far as it is, before the limit; `attrs["tied"]`: was one left out that is as near as the last one taken?
    """
    return warehouse.computed(_chosen, selection, city, peers)


def pool_of(warehouse: Warehouse, selection: Selection, city: str) -> Pool:
    """Everybody selected but the city itself."""
    known, traits = read_known(warehouse), read_traits(warehouse)
    everybody, row = read_assessed(warehouse, selection), known.place.get(city)
    own = np.flatnonzero(everybody.rows == row)
    others = np.flatnonzero(_selected(warehouse, selection, known)[everybody.rows] & (everybody.rows != row))
    before = scores_before(warehouse, selection, known)[everybody.rows]
    here = int(own[0]) if len(own) else None
    return Pool(everybody, before, others, here, known, traits, everybody.rows[others], row)


def _selected(warehouse: Warehouse, selection: Selection, known: Known) -> NDArray[np.bool_]:
    """Row for row what is known of cities: is it selected? Where nothing is filtered by, everybody assessed is."""
    if not (selection.attributes or selection.levels or selection.participation):
        return np.ones(len(known.ids), bool)
    chosen = np.zeros(len(known.ids), bool)
    chosen[known.rows[codes_selected(warehouse, selection)]] = True
    return chosen


def _chosen(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    pool = pool_of(warehouse, selection, city)
    rule = peers.rule
    distance, step = distances(pool, peers), _steps(pool, rule, peers)
    near = _score_gap(pool) if rule == "score" else distance
    kept = _nearest(step, near, _limit(rule, peers))
    fitting, tied = _left_out(step, near, kept)
    kept = kept[_nearest(np.zeros_like(kept), near[kept], None)]
    others, at = named(pool, kept), pool.others[kept]
    found = others.assign(
        level=pd.Series(pool.all.level[at], dtype="str"),
        level_position=pool.all.level_position[at],
        distance=distance[kept],
        step=step[kept],
        why=reasons(pool.known, pool.traits, pool.row, pool.rows[kept], _added(pool, rule, kept)),
    )
    found.attrs.update(fitting=fitting, tied=tied)
    return found


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


def _left_out(step: Whole, distance: Floats, kept: Whole) -> tuple[int, bool]:
    """How many fit, kept or not, and whether one left out is as near as the last one kept. `kept`: of `_nearest`."""
    if not len(kept):
        return 0, False
    last, far = kept[-1], np.where(np.isnan(distance), np.inf, np.round(distance, 12))
    as_near = (step == step[last]) & (far == far[last])
    return int((step <= step[last]).sum()), int(as_near.sum()) > int(as_near[kept].sum())


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
    everybody, others, own = pool.all, pool.others, pool.own
    position = np.nan if own is None else float(everybody.level_position[own])
    by_rule: dict[str, Callable[[], Any]] = {
        "size": lambda: _band_gap(pool) == 0,
        "ratio": lambda: _ratio(pool) <= np.log(RATIO) + 1e-12,
        SIMILAR: lambda: ~np.isnan(distances(pool, peers)),
        "level": lambda: everybody.level_position[others] == position,
        "above": lambda: everybody.level_position[others] == position + 1,
        "history": lambda: everybody.participation[others] == ("" if own is None else everybody.participation[own]),
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
    own = np.nan if pool.own is None else pool.before[pool.own]
    gap: Floats = np.abs(pool.before[pool.others] - own)
    return gap


def _place(pool: Pool, trait: str | None) -> int | None:
    return next((place for place, one in enumerate(pool.traits.all) if one.id == trait), None)


def _added(pool: Pool, rule: str, kept: Whole) -> list[str]:
    """What the rule itself has to say of each peer, before what is known of it."""
    at = pool.others[kept]
    if rule in ("level", "above"):
        return [str(level) for level in pool.all.level[at]]
    if rule == "history":
        return [str(words).replace("_", " ") for words in pool.all.participation[at]]
    if rule == "score":
        return [f"{score:g} before" for score in pool.before[at]]
    return ["picked by hand" if rule == PICKED else ""] * len(at)
