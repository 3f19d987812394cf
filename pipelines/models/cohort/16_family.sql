-- One row per family of a standard, with what its criteria weigh together.
create table family as
with sums as (
    select
        standard_id,
        family_id,
        count(*) as criteria,
        sum(weight) as weight
    from given_family_criterion
    join given_criterion using (standard_id, criterion_id)
    group by all
)
select
    standard_id::standard_id as standard_id,
    family_id::family_id as family_id,
    name,
    description,
    position,
    criteria::usmallint as criteria,
    weight::double as weight
from given_family
join sums using (standard_id, family_id)
order by standard_id, position
