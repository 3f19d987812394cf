"""Which blocks a rule takes: whole ones, nearest first, until there are as many cities as the reader wants."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lib.peers import DEFAULT, PICKED, SIMILAR, Peers
from lib.queries.cohort import ask
from lib.queries.peers_known import Trait, Traits, read_traits
from lib.selection import Selection
from lib.stats.gower import gower
from lib.warehouse import Warehouse
from lib.words import listed

Floats = NDArray[np.float64]

GROUP = "block-"
"""What stands before a block's number in the id by which it is picked."""

_NEVER = 99

BLOCKS = """
select block_id, block.cities, count(score) as n
from block
join block_score using (standard_id, cycle, block_id)
where standard_id = try_cast($standard as standard_id)
    and cycle = try_cast($cycle as cycle_label)
    and stage = try_cast($stage as stage)
    and area_id is null
group by all
order by block_id
"""
SHOWN = """
select distinct block_id, attribute_id, value
from block_attribute
join block_member using (standard_id, cycle, peer_id)
where standard_id = try_cast($standard as standard_id) and cycle = try_cast($cycle as cycle_label)
order by all
"""
MEMBERS = """
select block_id, peer_id, name, certified_level
from block_member
where standard_id = try_cast($standard as standard_id) and cycle = try_cast($cycle as cycle_label)
order by certified_level is null, strip_accents(lower(name)), peer_id
"""
_OWN = "select attribute_id, value from city_attribute where city_id = try_cast($city as city_id)"


def blocks(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """One row per block taken, nearest first: block_id, cities (members), n (scored in this stage), distance, step
    (how far the rule was widened), why (words).
    """
    return warehouse.computed(_taken, selection, city, peers)


def rules(traits: Traits) -> tuple[str, ...]:
    """The rules that blocks can follow: what is the same for all members of one."""
    sized = ("size",) if any(trait.band for trait in traits.all if trait.id == traits.size) else ()
    return (DEFAULT, *sized, *traits.categories, SIMILAR, PICKED, "all", *(("area",) if traits.area else ()))


def known_of(warehouse: Warehouse, city: str) -> tuple[bool, bool]:
    """Whether the city's size band and its area are known."""
    traits = read_traits(warehouse)
    size, own = traits.one(traits.size), set(warehouse.fetch(_OWN, {"city": city})["attribute_id"])
    return bool(size and size.band in own), traits.area in own


@dataclass(frozen=True, slots=True)
class _Told:
    """What may be known: of the city itself, and of each block in the order of `ids` (attribute id → value)."""

    own: dict[str, str]
    ids: tuple[int, ...]
    each: tuple[dict[str, str], ...]


def _taken(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    traits, found = read_traits(warehouse), ask(warehouse, selection, BLOCKS)
    shown = {id_: _pairs(rows) for id_, rows in ask(warehouse, selection, SHOWN).groupby("block_id")}
    ids = tuple(found["block_id"])
    told = _Told(_pairs(warehouse.fetch(_OWN, {"city": city})), ids, tuple(shown.get(id_, {}) for id_ in ids))
    picked = _picked(warehouse, selection, peers) if peers.rule == PICKED else set()
    ranked = found.assign(
        step=[0 if id_ in picked else _NEVER for id_ in ids] if peers.rule == PICKED else _steps(traits, peers, told),
        distance=_distance(traits, peers, told),
        unlike=[-sum(told.own.get(key) == value for key, value in block.items()) for block in told.each],
        why=[_why(traits, told.own, block) for block in told.each],
    )
    ranked = ranked[ranked["step"] < _NEVER].sort_values(["step", "distance", "unlike", "block_id"], kind="stable")
    if not (peers.group or peers.rule == PICKED):
        ranked = ranked[ranked["n"].cumsum() - ranked["n"] < peers.many]
    return ranked.drop(columns="unlike").sort_values(["distance", "step"], kind="stable", ignore_index=True)


def _pairs(rows: pd.DataFrame) -> dict[str, str]:
    return dict(zip(rows["attribute_id"], rows["value"], strict=True))


def _picked(warehouse: Warehouse, selection: Selection, peers: Peers) -> set[int]:
    """The blocks that were picked, by themselves or by a certified city in them."""
    everyone = ask(warehouse, selection, MEMBERS)
    named = set(everyone.loc[everyone["peer_id"].isin(peers.picked), "block_id"])
    return named | {id_ for id_ in everyone["block_id"] if f"{GROUP}{id_}" in peers.picked}


def _steps(traits: Traits, peers: Peers, told: _Told) -> list[int]:
    """How far the rule must be widened to take each block in; _NEVER where it does not at all."""
    size = traits.one(traits.size)
    band, area = (size.band if size else None) or "", traits.area or ""
    if peers.rule == DEFAULT:
        return [_class_step(told.own, block, band, area) for block in told.each]
    if peers.rule in (SIMILAR, "all"):
        return [0] * len(told.each)
    key = {"size": band, "area": area}.get(peers.rule, peers.rule)
    return [0 if key in told.own and block.get(key) == told.own[key] else _NEVER for block in told.each]


def _class_step(own: dict[str, str], block: dict[str, str], band: str, area: str) -> int:
    """0 = same size band and area, 1 = same area in another band, 2 = same band, 3 = everybody.

    What is not known of the city itself makes no difference.
    """
    wanted = [key for key in (band, area) if key in own]
    same = [block.get(key) == own[key] for key in wanted]
    if all(same):
        return 0
    if len(wanted) > 1 and any(same):
        return 1 if same[1] else 2
    return len(wanted) if len(wanted) < 2 else 3  # noqa: PLR2004  (with both known there are two steps between)


def _distance(traits: Traits, peers: Peers, told: _Told) -> Floats:
    """As by `gower`: bands by their place among those that are told, other categories alike or not."""
    kept = [(trait, trait.band or trait.id) for trait in traits.all if trait.band or not trait.number]
    rows = [told.own, *told.each]
    columns = [_column(trait, [row.get(key) for row in rows]) for trait, key in kept]
    values = np.column_stack([np.empty((len(rows), 0)), *(codes for codes, _ in columns)])
    weights = np.array([peers.weight(trait.id) for trait, _ in kept], np.float64)
    return gower(values[0], values[1:], np.array([span for _, span in columns], np.float64), weights)


def _column(trait: Trait, texts: list[str | None]) -> tuple[Floats, float]:
    known = sorted({text for text in texts if text}, key=_edge if trait.number else str)
    places = {text: float(place) for place, text in enumerate(known)}
    codes = np.array([places.get(text or "", np.nan) for text in texts], np.float64)
    return codes, float(len(known) - 1) if trait.number else np.nan


def _edge(text: str) -> tuple[float, str]:
    """Where a band ends, or begins where it has no end: the last number in it."""
    numbers = re.findall(r"\d[\d.,\s]*", text)
    digits = re.sub(r"\D", "", numbers[-1]) if numbers else ""
    return (float(digits) if digits else np.inf), text


def _why(traits: Traits, own: dict[str, str], block: dict[str, str]) -> str:
    kept = [(trait.band or trait.id, (trait.band_name or trait.name).lower()) for trait in traits.all]
    same = [name for key, name in kept if key in block and own.get(key) == block[key]]
    other = [f"{name} {block[key]}" for key, name in kept if key in block and own.get(key) != block[key]]
    parts = [f"same {listed(same, len(same))}" if same else "", *other]
    return "; ".join(filter(None, parts)) or "a group that nothing may be told of"
