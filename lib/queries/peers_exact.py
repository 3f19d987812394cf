"""The figures of one city among its peers where a peer is a city and every count is exact."""

import pandas as pd

from lib.peers import TOTAL, Peers
from lib.queries.cohort import ask
from lib.queries.peers_asked import AREAS, CRITERIA
from lib.queries.peers_chosen import chosen
from lib.selection import Selection
from lib.warehouse import Value, Warehouse

_NOBODY = ("",)  # no city has this id; an empty list has no type

_COUNTS = """
select criterion_id, count(credit) as answered, count(*) filter (status = 'met') as met_low, met_low as met_high
from response
where standard_id = try_cast($standard as standard_id)
    and stage = try_cast($stage as stage)
    and cycle = try_cast($cycle as cycle_label)
    and city_id in (select try_cast(unnest($listed::text[]) as city_id))
group by criterion_id
"""

# Counts of criteria met, by area and in total; where nothing was answered there is none.
_POINTS = """
with listed as (
    select try_cast(unnest($listed::text[]) as city_id) as city_id
    union
    select try_cast($city as city_id)
),
counts as (
    select area_id::text as area_id, city_id, cycle, met::bigint as met, answered, asked
    from area_score
    where standard_id = try_cast($standard as standard_id) and stage = try_cast($stage as stage)
        and cycle in (try_cast($cycle as cycle_label), try_cast($versus as cycle_label))
        and city_id in (select city_id from listed)
    union all
    select $total, city_id, cycle, met::bigint as met, answered, asked
    from city_score
    where standard_id = try_cast($standard as standard_id) and stage = try_cast($stage as stage)
        and cycle in (try_cast($cycle as cycle_label), try_cast($versus as cycle_label))
        and city_id in (select city_id from listed)
)
select
    current.area_id,
    current.city_id,
    city.name,
    current.met as score,
    current.asked,
    earlier.met as score_before,
    current.city_id is not distinct from try_cast($city as city_id) as mine
from counts as current
join city using (city_id)
left join counts as earlier
    on earlier.area_id = current.area_id
    and earlier.city_id = current.city_id
    and earlier.cycle = try_cast($versus as cycle_label)
    and earlier.answered > 0
where current.cycle = try_cast($cycle as cycle_label) and current.answered > 0
order by current.area_id, current.met, enum_code(current.city_id)
"""

_CRITERIA = CRITERIA.replace("{counts}", _COUNTS)
_AREAS = AREAS.replace("{points}", _POINTS)


def criteria(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """The columns of `peer_criteria`."""
    return _about(warehouse, selection, city, peers, _CRITERIA)


def areas(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """The columns of `peer_areas`."""
    return _about(warehouse, selection, city, peers, _AREAS, total=TOTAL)


def points(warehouse: Warehouse, selection: Selection, city: str, peers: Peers) -> pd.DataFrame:
    """The columns of `peer_points`."""
    return _about(warehouse, selection, city, peers, _POINTS, total=TOTAL)


def _about(
    warehouse: Warehouse, selection: Selection, city: str, peers: Peers, sql: str, **values: Value
) -> pd.DataFrame:
    listed = tuple(chosen(warehouse, selection, city, peers)["city_id"]) or _NOBODY
    return ask(warehouse, selection, sql, city=city, listed=listed, **values)
