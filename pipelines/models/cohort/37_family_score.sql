-- One row per assessment and family, also where none of its criteria was answered.
create table family_score as
select
    assessment.standard_id,
    assessment.city_id,
    assessment.cycle,
    assessment.stage,
    family.family_id,
    coalesce(met, 0)::usmallint as met,
    coalesce(family_answers.answered, 0)::usmallint as answered,
    (family.criteria - coalesce(not_applicable, 0))::usmallint as asked,
    if(family_answers.answered > 0, earned / (weight - not_asked), null) as share
from assessment
join family using (standard_id)
left join family_answers using (standard_id, city_id, cycle, stage, family_id)
order by all
