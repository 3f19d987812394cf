-- One row per response that earns nothing because a criterion that it requires, directly or through others, is not met:
-- what was answered.
create table workings.blocked as
with recursive required as (
    select standard_id, criterion_id, requires from prerequisite
    union
    select required.standard_id, required.criterion_id, prerequisite.requires
    from required
    join prerequisite
        on prerequisite.standard_id = required.standard_id
        and prerequisite.criterion_id = required.requires
)
select distinct
    earned.standard_id,
    earned.city_id,
    earned.cycle,
    earned.stage,
    earned.criterion_id,
    earned.status,
    earned.credit
from response as earned
join required using (standard_id, criterion_id)
left join response as base
    on base.standard_id = earned.standard_id
    and base.city_id = earned.city_id
    and base.cycle = earned.cycle
    and base.stage = earned.stage
    and base.criterion_id = required.requires
where earned.status in ('met', 'partly_met')
    and coalesce(base.status, 'not_answered') not in ('met', 'not_applicable')
