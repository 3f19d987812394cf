-- One source per standard: files may come in the order of their cities' names, and so may the rows of a file. One number
-- sorts faster than five columns.
create table response as
select
    response.standard_id,
    coded.city_id,
    cycle,
    stage,
    criterion_id,
    status,
    credit,
    null::text as evidence,
    null::timestamp as updated_at,
    standard.position::usmallint as source_id,
    null::uinteger as "row"
from published.response as response
join temp.coded as coded on city_was = response.city_id
join standard on standard.standard_id = response.standard_id
order by
    (enum_code(response.standard_id)::bigint << 56)
    + (enum_code(coded.city_id)::bigint << 32)
    + (enum_code(cycle)::bigint << 20)
    + (enum_code(stage)::bigint << 16)
    + enum_code(criterion_id);
create table source as
select
    standard.position::usmallint as source_id,
    'source ' || standard.position as file,
    null::text as sha256,
    max(source.loaded_at) as loaded_at,
    source.standard_id,
    null::text as cycle,
    null::stage as stage,
    string_agg(distinct layout, ', ' order by layout) as layout,
    bool_or(synthetic) as synthetic,
    sum(rows)::uinteger as rows,
    sum(answers)::uinteger as answers,
    sum(accepted)::uinteger as accepted,
    sum(superseded)::uinteger as superseded,
    sum(rejected)::uinteger as rejected
from published.source as source
join standard on standard.standard_id = source.standard_id
group by standard.position, source.standard_id
order by standard.position
