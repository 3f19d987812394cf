"""Who a city's peers are and how far each is, as a statement of its own: Gower's distance in SQL."""

import numpy as np

from lib.peers import Peers
from lib.queries import shown
from lib.queries.certification import has_certifications
from lib.queries.peers_known import Trait, read_known, read_traits
from lib.queries.peers_sql import NOW, asked_of, numbers, peers_step
from lib.selection import Selection
from lib.warehouse import Warehouse

_PEERS = """
select
    place,
    peers.city_id,
    theirs.name,
    coalesce(level, $no_level) as level,{certified}
    {distance} as distance,
    {traits}
from peers
join city as theirs on theirs.city_id::text = peers.city_id
join (from city where city_id::text = $city) as own on true
left join (
    from city_score
    where {now}
) as scored on scored.city_id = theirs.city_id
order by place"""
_CERTIFIED = """
    (
        select arg_max(certification.level, cycle)
        from certification
        where certification.city_id::text = peers.city_id and cycle <= try_cast($cycle as cycle_label)
    ) as certified_level,"""
_MEMBERS = """
select block_id, peer_id, name, certified_level
from block_member
where standard_id = try_cast($standard as standard_id)
    and cycle = try_cast($cycle as cycle_label)
    and block_id in ({blocks}){named}
order by list_position([{blocks}], block_id), certified_level is null, strip_accents(lower(name)), peer_id"""

_ALIKE = "(own.{name} <> theirs.{name})::int"
_PLAIN = "abs(own.{name} - theirs.{name}) / nullif((select max({name}) - min({name}) from city), 0)"
_RATIO = "abs(ln(own.{name} / theirs.{name})) / nullif((select ln(max({name}) / min({name})) from city), 0)"
_NUMBER = "if((select min({name}) from city) > 0, {ratio}, {plain})"
_BAND = "abs(list_position({values}, own.{band}) - list_position({values}, theirs.{band})) / {steps}"


def peers_sql(warehouse: Warehouse, selection: Selection, city: str, peers: Peers, *, certified: bool = False) -> str:
    """Who the peers are, how far each is (Gower) and what is known of it; `certified`: only who is."""
    if warehouse.limited:
        named = "\n    and certified_level is not null" if certified else ""
        taken = numbers(warehouse, selection, city, peers)
        return shown.asked(warehouse, selection, _MEMBERS.format(blocks=taken, named=named))
    traits = read_traits(warehouse).all
    numbered = [not np.isnan(column).all() for column in read_known(warehouse).raw.T]
    weighed = [
        (_unlike(trait, numbered=known), peers.weight(trait.id)) for trait, known in zip(traits, numbered, strict=True)
    ]
    above = "\n        + ".join(f"coalesce({weight} * ({unlike}), 0)" for unlike, weight in weighed)
    total = "\n        + ".join(f"if(({unlike}) is null, 0, {weight})" for unlike, weight in weighed)
    text = _PEERS.format(
        certified=_CERTIFIED if has_certifications(warehouse) else "",
        distance=f"(\n        {above}\n    ) / nullif(\n        {total}, 0\n    )" if weighed else "null",
        traits=",\n    ".join(f"theirs.{_quoted(trait.id)}" for trait in traits) or "null as known",
        now=NOW,
    )
    steps = peers_step(warehouse, selection, city, peers).rstrip(",") + text
    return asked_of(warehouse, selection, steps, city)


def _unlike(trait: Trait, *, numbered: bool) -> str:
    """How unlike the two are in one thing: alike or not, or as a part of the range of a number, by its ratio; by its
    band where no number is known of anybody.
    """
    name = _quoted(trait.id)
    if not trait.number:
        return _ALIKE.format(name=name)
    if trait.band and not numbered:
        values, steps = f"[{shown.listed(trait.values)}]", max(len(trait.values) - 1, 1)
        return _BAND.format(values=values, band=_quoted(trait.band), steps=steps)
    return _NUMBER.format(name=name, ratio=_RATIO.format(name=name), plain=_PLAIN.format(name=name))


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
