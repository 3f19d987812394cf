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
-- Texts are compared once for each assessment, not for each of its answers.
with keys as (
    select distinct standard_id, cycle, stage, city_id
    from published.response
),
numbered as (
    select keys.*, number
    from keys
    join temp.anew as anew
        on anew.standard_id = keys.standard_id::text
        and anew.cycle = keys.cycle::text
        and anew.stage = keys.stage::text
        and anew.city_id = keys.city_id::text
)
select number, criterion_id::text, status::text, credit
from published.response
join numbered using (standard_id, cycle, stage, city_id)
