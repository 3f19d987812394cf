-- One row per assessment under any other standard and area that its answers mention.
create temp table area_answers as
select
    response.standard_id,
    response.city_id,
    response.cycle,
    response.stage,
    criterion.area_id,
    count(*) filter (response.status = 'met') as met,
    count(response.credit) as answered,
    count(*) filter (response.status = 'not_applicable') as not_applicable,
    coalesce(sum(criterion.weight * response.credit), 0) as earned,
    coalesce(sum(criterion.weight) filter (response.status = 'not_applicable'), 0) as not_asked,
    max(response.updated_at) as updated_at
from response
join (from criterion anti join plain_standard using (standard_id)) as criterion using (standard_id, criterion_id)
group by all
