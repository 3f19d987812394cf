-- The files are numbered anew: how many came before says how many cities sent one.
create temp table renumbered as
select
    source_id,
    row_number() over (order by source_id)::usmallint as number,
    count(distinct "row")::uinteger as rows,
    count(*)::uinteger as answers
from published.response
semi join temp.own using (city_id)
where source_id is not null
group by source_id;
create table response as
select * exclude (source_was, number) replace (city_id::text::city_id as city_id, number as source_id)
from published.response
semi join temp.own using (city_id)
left join (select source_id as source_was, number from temp.renumbered) on source_was = source_id
order by standard_id, city_id, cycle, stage, criterion_id;
create table source as
select
    number as source_id,
    'source ' || number as file,
    null::text as sha256,
    loaded_at,
    standard_id,
    cycle,
    stage,
    layout,
    synthetic,
    renumbered.rows,
    renumbered.answers,
    renumbered.answers as accepted,
    0::uinteger as superseded,
    0::uinteger as rejected
from published.source as source
join temp.renumbered as renumbered using (source_id)
order by number
