-- What the latest list says of a city and cycle counts.
insert into certification
with latest as (
    select
        standard_id,
        city_id,
        cycle,
        arg_max({level: level, announced_on: announced_on}, [source_id, row]) as told
    from certified_line
    where fault is null
    group by all
)
select
    standard_id::standard_id,
    city_id,
    cycle,
    told.level,
    told.announced_on
from latest
where told.level is not null
order by all
