-- One row per practice area of a standard, with what its criteria weigh together.
create table area as
with sums as (
    select
        standard_id,
        area_id,
        count(*) as criteria,
        sum(weight) as weight
    from given_criterion
    group by all
)
select
    standard_id::standard_id as standard_id,
    area_id::area_id as area_id,
    name,
    position,
    criteria::usmallint as criteria,
    weight::double as weight
from given_area
join sums using (standard_id, area_id)
order by standard_id, position
