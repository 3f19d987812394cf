"""The two questions about a city and its peers, whatever a peer is: each leaves open how peers are counted."""

# `counts`: one row per criterion with criterion_id, answered, met_low, met_high of the peers.
CRITERIA = """
with counts as (
    {counts}
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
    coalesce(met_low, 0) as met_low,
    coalesce(met_high, 0) as met_high,
    if(answered >= $minimum, met_low / answered, null) as rate_low,
    if(answered >= $minimum, met_high / answered, null) as rate_high,
    if(answered >= $minimum, wilson_low(met_low, answered), null) as low,
    if(answered >= $minimum, wilson_high(met_high, answered), null) as high
from criterion
left join counts using (criterion_id)
left join own using (criterion_id)
where criterion.standard_id = try_cast($standard as standard_id)
order by criterion.position
"""

# `points`: one row per area and city scored in it, the city and its peers: area_id, score, asked, score_before, mine.
# Among the peers and the city itself; nothing is said of fewer peers than the minimum.
AREAS = """
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
"""
