-- One row per assessment and family that its answers mention, under standards that are not plain.
create temp table family_answers as
select
    response.standard_id,
    response.city_id,
    response.cycle,
    response.stage,
    family_criterion.family_id,
    count(*) filter (response.status = 'met') as met,
    count(response.credit) as answered,
    count(*) filter (response.status = 'not_applicable') as not_applicable,
    coalesce(sum(criterion.weight * response.credit), 0) as earned,
    coalesce(sum(criterion.weight) filter (response.status = 'not_applicable'), 0) as not_asked
from response
join (from family_criterion anti join plain_standard using (standard_id)) as family_criterion
    using (standard_id, criterion_id)
join criterion using (standard_id, criterion_id)
group by all
