"""One city among its peers: who they are, what they meet, where it stands among them.

On the programme's database a unit is one city, and every count is exact. On a database that holds only what a city
may know, a unit is a block of cities and counts are ranges.
"""

import pandas as pd

from lib.peers import DEFAULT, Peers
from lib.queries import peers_exact as exact
from lib.queries.cohort import ask
from lib.queries.peers_chosen import chosen, pool_of, rule_of
from lib.queries.peers_known import Traits, known_of, read_traits
from lib.selection import Selection
from lib.warehouse import Warehouse
from lib.words import counted

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


def peers_told(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> str:
    """Who the peers are, in words: "15 peers: same population band and region, widened to the neighbouring band"."""
    found, traits = chosen(warehouse, selection, city, peers), read_traits(warehouse)
    rule = rule_of(traits, peers)
    words = Peers(rule).describe(traits.names) if rule != DEFAULT else _class_told(warehouse, traits, city, found)
    return f"{counted(len(found), 'peer')}: {words}" if len(found) else f"No peers: {words}"


def peer_list(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """One row per peer, nearest first.

    peer_id, name, certified_level (null = not certified by this cycle), level, distance (0 to 1; NaN where nothing is
    known of both), why (words), unit ('city').
    """
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
    """One row per city that can be picked by hand as a peer of `city`, by name: city_id, name."""
    return pool_of(warehouse, selection, city).others[["city_id", "name"]]


def peer_criteria(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """One row per criterion of the standard, in its order.

    criterion_id, area_id, short_name, text, position, status (the city's own; null where it was not assessed), and of
    the peers: answered, met_low and met_high (whole numbers; equal where counts are exact), rate_low and rate_high
    (met ÷ answered), low and high (Wilson 95 %), the last four null under the minimum number of answers.
    """
    return exact.criteria(warehouse, selection, city, peers)


def peer_areas(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """One row per area in the standard's order, and a last one with the id TOTAL. Counts are criteria met.

    area_id, area, own (null where the city was not scored), own_before, asked, and of the peers scored there: q1,
    median, q3, n, rank_from and rank_to of `of` (1 = most; the city among its peers, equal counts share the range),
    below (peers with fewer), versus_change (own), peers_change (median change of the peers_both that were scored in
    both cycles). Null under the minimum number of peers.
    """
    return exact.areas(warehouse, selection, city, peers)


def peer_points(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """One row per area (and TOTAL) and city scored in it, the city itself among its peers, by count.

    area_id, city_id, name, score (criteria met), asked, score_before, mine.
    """
    return exact.points(warehouse, selection, city, peers)


def certified_levels(warehouse: Warehouse, selection: Selection) -> dict[str, str]:
    """The published level that each certified city has by the selected cycle; nobody's where no list was loaded."""
    listed = warehouse.fetch("select 1 from duckdb_tables() where table_name = 'certification'")
    if listed.empty:
        return {}
    rows = ask(warehouse, selection, _CERTIFIED)
    return dict(zip(rows["city_id"], rows["certified_level"], strict=True))


def _class_told(warehouse: Warehouse, traits: Traits, city: str, found: pd.DataFrame) -> str:
    """The class and each step by which it was widened."""
    size, area = (traits.names.get(name, "").lower() for name in ("size", "area"))
    sized, placed = known_of(warehouse, city)
    if not (sized or placed):
        return "everybody selected, for nothing is known of this one"
    steps = {
        (True, True): [f"widened to the neighbouring {size}", f"then to the same {size} anywhere", "then to everybody"],
        (True, False): ["widened to everybody"],
        (False, True): ["widened to everybody"],
    }[sized, placed]
    base = f"same {' and '.join(name for name, told in ((size, sized), (area, placed)) if told)}"
    return ", ".join([base, *steps[: int(found["step"].max()) if len(found) else 0]])
