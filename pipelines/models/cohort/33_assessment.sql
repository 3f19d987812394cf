-- One row per city, cycle and stage with at least one answer.
create table assessment as
with sums as (
    select
        standard_id,
        city_id,
        cycle,
        stage,
        updated_at as submitted_at,
        bit_count(answered) as answered,
        bit_count(not_applicable) as not_applicable
    from answer_mask
    where answered > 0
    union all
    select
        standard_id,
        city_id,
        cycle,
        stage,
        max(updated_at),
        sum(answered),
        sum(not_applicable)
    from area_answers
    group by all
    having sum(answered) > 0
)
select
    sums.standard_id,
    city_id,
    cycle,
    stage,
    submitted_at,
    answered::usmallint as answered,
    (criteria - not_applicable)::usmallint as asked,
    if(cycle > min(cycle) over (partition by sums.standard_id, city_id), 'returning', 'first_time') as participation
from sums
join standard using (standard_id)
order by standard_id, city_id, cycle, stage
