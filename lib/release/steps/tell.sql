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
delete from released.answer where number not in (select number from released.assessment);
insert into released.assessment by name from temp.anew;
-- What is answered to what, in the words of this version, and its number in the release, for ever the same.
create temp table worded as
select criterion_id, status, credit
from published.response
group by all;
insert into released.saying
select (select coalesce(max(code), 0) from released.saying) + row_number() over (), *
from (
    select criterion_id::text, status::text, credit::double from temp.worded
    except
    select criterion_id, status, credit from released.saying
);
insert into released.answer
with numbered as (
    select answered.*, number
    from temp.answered as answered
    join temp.anew as anew
        on anew.standard_id = answered.standard_id::text
        and anew.cycle = answered.cycle::text
        and anew.stage = answered.stage::text
        and anew.city_id = answered.city_id::text
),
coded as (
    select worded.*, code
    from temp.worded as worded
    join released.saying as saying
        on saying.criterion_id = worded.criterion_id::text
        and saying.status = worded.status::text
        and saying.credit is not distinct from worded.credit
)
select number, code
from published.response as response
join numbered using (standard_id, cycle, stage, city_id)
join coded
    on coded.criterion_id = response.criterion_id
    and coded.status = response.status
    and coded.credit is not distinct from response.credit
