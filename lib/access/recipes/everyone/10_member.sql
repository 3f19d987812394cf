-- One row per city ever assessed, all cycles together. With which levels a city was announced is known to everybody, and
-- its answers say which levels it reaches: so only cities with the same announcements (for most: none) hide each other,
-- and each such history is a class of its own. Whoever shares theirs with fewer than $least counts for nothing (`a`), so
-- that nothing more is shown of them.
create temp table member as
with announced as (
    select
        city_id,
        string_agg(concat_ws(chr(31), standard_id, cycle, level), chr(30) order by standard_id, cycle, level) as history
    from temp.certified
    group by city_id
),
everyone as (
    select distinct assessment.city_id, coalesce(history, '') as history
    from published.assessment as assessment
    left join announced on announced.city_id = assessment.city_id::text
),
counted as (
    select *, count(*) over (partition by history) >= $least as many
    from everyone
)
select
    city_id,
    many::integer as a,
    null::bigint as b,
    hash(if(many, history, null)) as class,
    null::text as value
from counted
