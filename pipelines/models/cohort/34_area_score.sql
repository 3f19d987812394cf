-- One row per assessment and area, also where none of its criteria was answered.
-- Weights are added up and taken off again: by the last digit a share of all that was asked could exceed 1.
create table area_score as
with area_mask as (
    select
        standard_id,
        area_id,
        criteria,
        weight,
        bit_or(bit) as mask
    from area
    join criterion_bit using (standard_id, area_id)
    group by all
),
counted as (
    select
        standard_id,
        city_id,
        cycle,
        stage,
        area_id,
        criteria,
        weight,
        bit_count(met & mask) as met,
        bit_count(answered & mask) as answered,
        bit_count(not_applicable & mask) as not_applicable,
        bit_count(met & mask)::double as earned,
        bit_count(not_applicable & mask)::double as not_asked
    from answer_mask
    join area_mask using (standard_id)
    where answered > 0
    union all
    select
        assessment.standard_id,
        assessment.city_id,
        assessment.cycle,
        assessment.stage,
        area.area_id,
        criteria,
        weight,
        met,
        area_answers.answered,
        not_applicable,
        earned,
        not_asked
    from assessment
    join (from area anti join plain_standard using (standard_id)) as area using (standard_id)
    left join area_answers using (standard_id, city_id, cycle, stage, area_id)
)
select
    standard_id,
    city_id,
    cycle,
    stage,
    area_id,
    coalesce(met, 0)::usmallint as met,
    coalesce(answered, 0)::usmallint as answered,
    (criteria - coalesce(not_applicable, 0))::usmallint as asked,
    if(answered > 0, least(earned / (weight - not_asked), 1), null) as share
from counted
order by standard_id, city_id, cycle, stage, area_id
