-- One row per city ever assessed, all cycles together. Whether a city was announced as certified is known to everybody,
-- so those who were do not hide those who were not: the two are classes of their own where both are large enough.
create temp table member as
with everyone as (
    select distinct
        city_id,
        city_id::text in (select city_id from temp.certified) as certified
    from published.assessment
),
sized as (
    select
        count(*) filter (certified) as announced,
        count(*) filter (not certified) as others
    from everyone
)
select
    city_id,
    1 as a,
    null::bigint as b,
    hash(certified and announced >= $least and others >= $least) as class,
    null::text as value
from everyone
cross join sized
