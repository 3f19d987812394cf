"""One city among its peers: who they are, what they meet, where it stands among them.

On the programme's database a unit is one city, and every count is exact. On a database that holds only what a city
may know, a unit is a block of cities and counts are ranges.
"""

from dataclasses import replace
from types import ModuleType

import numpy as np
import pandas as pd

from lib.peers import DEFAULT, GROUPS, RULES, Peers
from lib.queries import peers_blocks as blocks
from lib.queries import peers_exact as exact
from lib.queries import peers_taken as taking
from lib.queries.certification import has_certifications
from lib.queries.cohort import ask
from lib.queries.peers_chosen import chosen, named, pool_of
from lib.queries.peers_known import known_of, read_traits
from lib.selection import Selection
from lib.warehouse import Warehouse
from lib.words import counted, number

_CERTIFIED = """
select certification.city_id, arg_max(certification.level, cycle.position) as certified_level
from certification
join cycle using (standard_id, cycle)
where certification.standard_id = try_cast($standard as standard_id)
    and cycle.position <= (
        select any_value(position)
        from cycle
        where standard_id = try_cast($standard as standard_id) and cycle = try_cast($cycle as cycle_label)
    )
group by certification.city_id
"""


def followed(warehouse: Warehouse, peers: Peers) -> Peers:
    """The same peers by a rule that this database can follow: the one asked for, else the default."""
    return peers if peers.rule in rules_followed(warehouse) else replace(peers, rule=DEFAULT)


def rules_followed(warehouse: Warehouse) -> tuple[str, ...]:
    """Every rule and group that this database can follow."""
    traits = read_traits(warehouse)
    return taking.rules(traits) if warehouse.limited else (*RULES, *traits.categories, *GROUPS)


def peers_told(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> str:
    """Who the peers are, in words: "15 peers: same population band and region, widened to the neighbouring band"."""
    peers = followed(warehouse, peers)
    if warehouse.limited:
        taken = taking.blocks(warehouse, selection, city, peers)
        who = f"{counted(taken['n'].sum(), 'peer')} in {counted(len(taken), 'group')}" if len(taken) else ""
    else:
        taken = chosen(warehouse, selection, city, peers)
        who = _nearest_told(taken) if len(taken) else ""
    return f"{who or 'No peers'}: {_rule_told(warehouse, city, peers, taken)}"


def peer_list(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """One row per peer, nearest first.

    peer_id, name, certified_level (null = not certified by this cycle), level (null = not to be known), distance (0 to
    1; NaN where nothing is known of both), why (words), unit ('city', or the group that it is counted with).
    """
    peers = followed(warehouse, peers)
    if warehouse.limited:
        return blocks.members(warehouse, selection, city, peers)
    found = chosen(warehouse, selection, city, peers)
    certified = certified_levels(warehouse, selection)
    return pd.DataFrame(
        {
            "peer_id": found["city_id"],
            "name": found["name"],
            "certified_level": found["city_id"].map(certified),
            "level": found["level"],
            "distance": found["distance"],
            "why": found["why"],
            "unit": "city",
        }
    )


def pickable(warehouse: Warehouse, selection: Selection, city: str) -> pd.DataFrame:
    """One row per peer of `city` that can be picked by hand, or group that stands for all in it: city_id, name."""
    if warehouse.limited:
        return blocks.pickable(warehouse, selection)
    pool = pool_of(warehouse, selection, city)
    return named(pool, np.arange(len(pool.rows)))


def peer_criteria(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """One row per criterion of the standard, in its order.

    criterion_id, area_id, short_name, text, position, and of the peers: answered, met_low and met_high (whole numbers;
    equal where counts are exact), rate_low and rate_high (met ÷ answered), low and high (Wilson 95 %), the last four
    null under the minimum number of answers.
    """
    return warehouse.computed(_criteria, selection, city, followed(warehouse, peers))


def peer_areas(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """One row per area in the standard's order, and a last one with the id TOTAL. Counts are criteria met.

    area_id, area, own (null where the city was not scored), own_before, asked, and of the peers scored there: q1,
    median, q3, n, rank_from and rank_to of `of` (1 = most; the city among its peers, equal counts share the range),
    below (peers with fewer), versus_change (own), peers_change (median change of the peers_both that were scored in
    both cycles). Null under the minimum number of peers.
    """
    return _of(warehouse).areas(warehouse, selection, city, followed(warehouse, peers))


def peer_points(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """One row per area (and TOTAL) and city scored in it, the city itself among its peers, by count.

    area_id, city_id, name, score (criteria met), asked, score_before, mine. City and name are null where peers are
    known by groups only.
    """
    return _of(warehouse).points(warehouse, selection, city, followed(warehouse, peers))


def certified_levels(warehouse: Warehouse, selection: Selection) -> dict[str, str]:
    """The published level that each certified city has by the selected cycle; nobody's where no list was loaded."""
    if not has_certifications(warehouse):
        return {}
    rows = ask(warehouse, selection, _CERTIFIED)
    return dict(zip(rows["city_id"], rows["certified_level"], strict=True))


def _criteria(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    found: pd.DataFrame = _of(warehouse).criteria(warehouse, selection, city, peers)
    return found


def _of(warehouse: Warehouse) -> ModuleType:
    return blocks if warehouse.limited else exact


def _nearest_told(taken: pd.DataFrame) -> str:
    """How many they are, and of how many where more fit: "15 peers, the nearest of 31"."""
    fitting, tied = taken.attrs["fitting"], " (by name where equally near)" if taken.attrs["tied"] else ""
    of = f", the nearest of {number(fitting)}{tied}" if fitting > len(taken) else ""
    return f"{counted(len(taken), 'peer')}{of}"


def _rule_told(warehouse: Warehouse, city: str, peers: Peers, taken: pd.DataFrame) -> str:
    traits = read_traits(warehouse)
    if peers.rule != DEFAULT:
        return peers.describe(traits.names)
    size, area = (traits.names.get(name, "").lower() for name in ("size", "area"))
    sized, placed = taking.known_of(warehouse, city) if warehouse.limited else known_of(warehouse, city)
    if not (sized or placed):
        return "everybody selected, for nothing is known of this one"
    between = [f"to {'another' if warehouse.limited else 'the neighbouring'} {size}", f"to the same {size} anywhere"]
    steps = [*(between if sized and placed else []), "to everybody"]
    far = int(taken["step"].max()) if len(taken) else 0
    base = f"same {' and '.join(name for name, told in ((size, sized), (area, placed)) if told)}"
    return ", ".join([base, *([f"widened {', then '.join(steps[:far])}"] if far else [])])
