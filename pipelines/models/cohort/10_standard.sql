-- One row per standard that a source answers.
create table standard as
with sums as (
    select
        standard_id,
        count(distinct area_id) as areas,
        count(*) as criteria,
        sum(weight) as weight
    from given_criterion
    group by standard_id
)
select
    given_standard.standard_id::standard_id as standard_id,
    name,
    version,
    valid_from,
    source,
    noun,
    noun_plural,
    aggregation,
    areas::usmallint as areas,
    criteria::usmallint as criteria,
    case aggregation when 'mean_of_areas' then 100.0 else weight end::double as score_max,
    position
from given_standard
join sums using (standard_id)
order by position
