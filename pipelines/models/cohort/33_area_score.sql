-- One row per assessment and area, also where none of its criteria was answered.
create table area_score as
select
    assessment.standard_id,
    assessment.city_id,
    assessment.cycle,
    assessment.stage,
    area.area_id,
    coalesce(met, 0)::usmallint as met,
    coalesce(area_answers.answered, 0)::usmallint as answered,
    (area.criteria - coalesce(not_applicable, 0))::usmallint as asked,
    if(area_answers.answered > 0, earned / (weight - not_asked), null) as share
from assessment
join area using (standard_id)
left join area_answers using (standard_id, city_id, cycle, stage, area_id)
order by all
