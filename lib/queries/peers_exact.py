"""The figures of one city among its peers where a peer is a city and every count is exact."""

import pandas as pd

from lib.peers import TOTAL, Peers
from lib.queries.cohort import ask
from lib.queries.peers_chosen import chosen
from lib.selection import Selection
from lib.warehouse import Value, Warehouse

_NOBODY = ("",)  # no city has this id; an empty list has no type

_CRITERIA = """
with listed as (
    select try_cast(unnest($listed::text[]) as city_id) as city_id
),
counts as (
    select criterion_id, count(*) filter (status = 'met') as met, count(credit) as answered
    from response
    where standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
        and cycle = try_cast($cycle as cycle_label)
        and city_id in (select city_id from listed)
    group by criterion_id
),
own as (
    select criterion_id, status
    from response
    where standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
        and cycle = try_cast($cycle as cycle_label)
        and city_id = try_cast($city as city_id)
),
assessed as (
    select 1
    from assessment
    where standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
        and cycle = try_cast($cycle as cycle_label)
        and city_id = try_cast($city as city_id)
)
select
    criterion.criterion_id,
    criterion.area_id,
    criterion.short_name,
    criterion.text,
    criterion.position,
    if(exists (from assessed), coalesce(own.status, 'not_answered'::status), null) as status,
    coalesce(answered, 0) as answered,
    coalesce(met, 0) as met_low,
    coalesce(met, 0) as met_high,
    if(answered >= $minimum, met / answered, null) as rate_low,
    if(answered >= $minimum, met / answered, null) as rate_high,
    if(answered >= $minimum, wilson_low(met, answered), null) as low,
    if(answered >= $minimum, wilson_high(met, answered), null) as high
from criterion
left join counts using (criterion_id)
left join own using (criterion_id)
where criterion.standard_id = try_cast($standard as standard_id)
order by criterion.position
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

# Among the peers and the city itself; nothing is said of fewer peers than the minimum.
_AREAS = """
with points as (
    {points}
),
own as (
    select * from points where mine
),
others as (
    select
        area_id,
        count(*) as n,
        quantile_cont(points.score, 0.25) as q1,
        median(points.score) as median,
        quantile_cont(points.score, 0.75) as q3,
        count(*) filter (points.score > own.score) as above,
        count(*) filter (points.score = own.score) as level_with,
        count(*) filter (points.score < own.score) as below,
        count(points.score_before) as peers_both,
        median(points.score - points.score_before) as peers_change
    from points
    left join own using (area_id)
    where not points.mine
    group by area_id
),
parts as (
    select area_id::text as area_id, name, position, criteria from area
    where standard_id = try_cast($standard as standard_id)
    union all
    select $total, 'All criteria', 10000, sum(criteria) from area
    where standard_id = try_cast($standard as standard_id)
)
select
    parts.area_id,
    parts.name as area,
    own.score as own,
    own.score_before as own_before,
    coalesce(own.asked, parts.criteria)::bigint as asked,
    if(n >= $minimum, q1, null) as q1,
    if(n >= $minimum, median, null) as median,
    if(n >= $minimum, q3, null) as q3,
    coalesce(n, 0) as n,
    if(n >= $minimum and own.score is not null, above + 1, null) as rank_from,
    if(n >= $minimum and own.score is not null, above + level_with + 1, null) as rank_to,
    if(n >= $minimum and own.score is not null, n + 1, null) as of,
    if(n >= $minimum and own.score is not null, below, null) as below,
    own.score - own.score_before as versus_change,
    if(peers_both >= $minimum, peers_change, null) as peers_change,
    coalesce(peers_both, 0) as peers_both
from parts
left join others using (area_id)
left join own using (area_id)
order by parts.position
""".replace("{points}", _POINTS.strip().replace("\n", "\n    "))


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
