-- The blocks and stages that are due as they are now, whole or, where too few are left, not at all.
create temp table anew as
select
    (select coalesce(max(number), 0) from released.assessment) + row_number() over () as number,
    mask.*,
    block_id
from temp.mask as mask
join released.member as member using (standard_id, cycle, city_id)
semi join temp.due using (standard_id, cycle, stage, block_id)
qualify count(*) over (partition by standard_id, cycle, stage, block_id) >= getvariable('least');
delete from released.assessment
where (standard_id, cycle, stage, block_id) in (select (standard_id, cycle, stage, block_id) from temp.due);
delete from released.response where number not in (select number from released.assessment);
insert into released.assessment by name from temp.anew;
insert into released.response
with numbered as (
    select answered.*, number
    from temp.answered as answered
    join temp.anew as anew
        on anew.standard_id = answered.standard_id::text
        and anew.cycle = answered.cycle::text
        and anew.stage = answered.stage::text
        and anew.city_id = answered.city_id::text
)
select number, criterion_id::text, status::text, credit
from published.response
join numbered using (standard_id, cycle, stage, city_id)
