"""One city among its peers where others are known by blocks only: a rule takes whole blocks, nearest first.

Blocks are the same whatever is asked, so no two questions differ by less than one of them.
"""

import numpy as np
import pandas as pd

from lib.peers import TOTAL, Peers
from lib.queries.cohort import ask
from lib.queries.peers_asked import Points, areas_of, criteria_of
from lib.queries.peers_taken import BLOCKS, GROUP, MEMBERS, SHOWN, blocks
from lib.queries.standards import read_standard
from lib.selection import Selection
from lib.warehouse import Warehouse
from lib.words import listed

_NOBODY = ("0",)  # blocks count from 1; an empty list has no type
_COUNTS = """
select
    criterion_id,
    sum(answered)::bigint as answered,
    sum(met_low)::bigint as met_low,
    sum(met_high)::bigint as met_high
from block_answer
where standard_id = try_cast($standard as standard_id)
    and stage = try_cast($stage as stage)
    and cycle = try_cast($cycle as cycle_label)
    and list_contains($blocks::text[], block_id::text)
group by criterion_id
"""

# A total is in units of the score: of somebody unknown, it cannot be counted again. Where each criterion counts as one
# that is the same.
_POINTS = """
with periods as (
    select area_id::text as area_id, cycle, met::double as score, asked::double as asked
    from area_score
    where standard_id = try_cast($standard as standard_id) and stage = try_cast($stage as stage)
        and city_id = try_cast($city as city_id) and answered > 0
    union all
    select $total, cycle, score, score_max
    from city_score
    join standard using (standard_id)
    where standard_id = try_cast($standard as standard_id) and stage = try_cast($stage as stage)
        and city_id = try_cast($city as city_id) and answered > 0
)
select
    current.area_id,
    current.score,
    current.asked,
    earlier.score as score_before,
    true as mine
from periods as current
left join periods as earlier
    on earlier.area_id = current.area_id and earlier.cycle = try_cast($versus as cycle_label)
where current.cycle = try_cast($cycle as cycle_label)
union all
select coalesce(area_id::text, $total), score, null, null, false
from block_score
where standard_id = try_cast($standard as standard_id)
    and stage = try_cast($stage as stage)
    and cycle = try_cast($cycle as cycle_label)
    and list_contains($blocks::text[], block_id::text)
order by area_id, score
"""
# Each block tells the median of those of its cities that have a score in both cycles, never a city's own change.
_CHANGES = """
select
    coalesce(area_id::text, $total) as area_id,
    sum(change * cities) / sum(cities) as change,
    sum(cities)::bigint as cities
from block_change
where standard_id = try_cast($standard as standard_id)
    and stage = try_cast($stage as stage)
    and cycle = try_cast($cycle as cycle_label)
    and versus = try_cast($versus as cycle_label)
    and list_contains($blocks::text[], block_id::text)
group by area_id
"""


def members(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """The columns of `peer_list`: everybody of the blocks taken; what is said of one holds for its whole block."""
    taken = blocks(warehouse, selection, city, peers)
    found = taken.merge(ask(warehouse, selection, MEMBERS), on="block_id", how="left")
    return pd.DataFrame(
        {
            **{column: found[column] for column in ("peer_id", "name", "certified_level")},
            "level": found["certified_level"],
            "distance": found["distance"],
            "why": found["why"],
            "unit": "group " + found["block_id"].astype(str),
        }
    )


def pickable(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per certified city and per block, who stands for all its members: city_id, name."""
    certified = ask(warehouse, selection, MEMBERS).dropna(subset="certified_level")
    shown, found = ask(warehouse, selection, SHOWN), ask(warehouse, selection, BLOCKS)
    words = {id_: listed(rows["value"].tolist(), len(rows)) for id_, rows in shown.groupby("block_id")}
    groups = [
        (f"{GROUP}{row.block_id}", f"Group {row.block_id}: {words.get(row.block_id, 'mixed')} ({row.cities})")
        for row in found.itertuples()
    ]
    names = certified.rename(columns={"peer_id": "city_id"})[["city_id", "name"]]
    return pd.concat([names, pd.DataFrame(groups, columns=["city_id", "name"])], ignore_index=True)


def criteria(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """The columns of `peer_criteria`."""
    counts = ask(warehouse, selection, _COUNTS, blocks=_taken(warehouse, selection, city, peers))
    return criteria_of(counts, read_standard(warehouse, selection.standard), warehouse.minimum_n)


def areas(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """The columns of `peer_areas`; `peers_change` is the mean of the blocks' medians, by their number of cities, of
    scores that were moved, in units of the score for the total; null where the compared cycle is not the one before.
    """
    standard, rows = read_standard(warehouse, selection.standard), _points(warehouse, selection, city, peers)
    places = pd.Index([*(area.id for area in standard.areas), TOTAL]).get_indexer(rows["area_id"])
    score, asked, before = (rows[name].to_numpy(np.float64) for name in ("score", "asked", "score_before"))
    nobody = np.full(len(rows), -1)
    found = Points(places, score, asked, before, rows["mine"].to_numpy(bool), nobody)
    changes = ask(
        warehouse, selection, _CHANGES, blocks=_taken(warehouse, selection, city, peers), total=TOTAL
    ).set_index("area_id")
    areas = areas_of(found, standard, warehouse.minimum_n)
    both = areas["area_id"].map(changes["cities"]).fillna(0).astype(np.int64)
    return areas.assign(peers_change=areas["area_id"].map(changes["change"]), peers_both=both)


def points(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """The columns of `peer_points`, belonging to nobody."""
    rows = _points(warehouse, selection, city, peers)
    nobody = pd.Series(None, rows.index, "str")
    rows.insert(1, "city_id", nobody)
    rows.insert(2, "name", nobody)
    return rows


def _points(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    taken = _taken(warehouse, selection, city, peers)
    return ask(warehouse, selection, _POINTS, city=city, blocks=taken, total=TOTAL)


def _taken(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> tuple[str, ...]:
    """The numbers of the blocks taken, as text."""
    return tuple(str(id_) for id_ in blocks(warehouse, selection, city, peers)["block_id"]) or _NOBODY
