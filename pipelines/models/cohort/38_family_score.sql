-- One row per assessment and family, also where none of its criteria was answered.
-- Weights are added up and taken off again: by the last digit a share of all that was asked could exceed 1.
create table family_score as
with family_mask as (
    select
        standard_id,
        family_id,
        criteria,
        weight,
        bit_or(bit) as mask
    from family
    join family_criterion using (standard_id, family_id)
    join criterion_bit using (standard_id, criterion_id)
    group by all
),
counted as (
    select
        standard_id,
        city_id,
        cycle,
        stage,
        family_id,
        criteria,
        weight,
        bit_count(met & mask) as met,
        bit_count(answered & mask) as answered,
        bit_count(not_applicable & mask) as not_applicable,
        bit_count(met & mask)::double as earned,
        bit_count(not_applicable & mask)::double as not_asked
    from answer_mask
    join family_mask using (standard_id)
    where answered > 0
    union all
    select
        assessment.standard_id,
        assessment.city_id,
        assessment.cycle,
        assessment.stage,
        family.family_id,
        criteria,
        weight,
        met,
        family_answers.answered,
        not_applicable,
        earned,
        not_asked
    from assessment
    join (from family anti join plain_standard using (standard_id)) as family using (standard_id)
    left join family_answers using (standard_id, city_id, cycle, stage, family_id)
)
select
    standard_id,
    city_id,
    cycle,
    stage,
    family_id,
    coalesce(met, 0)::usmallint as met,
    coalesce(answered, 0)::usmallint as answered,
    (criteria - coalesce(not_applicable, 0))::usmallint as asked,
    if(answered > 0, least(earned / (weight - not_asked), 1), null) as share
from counted
order by standard_id, city_id, cycle, stage, family_id
