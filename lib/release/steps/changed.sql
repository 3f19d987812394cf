-- One row per block and stage of which enough cities answer otherwise than was told, came or left, so that the difference
-- of its sums tells of none of them.
create or replace temp table due as
select standard_id, cycle, stage, member.block_id
from temp.mask as mask
full join released.assessment as told using (standard_id, cycle, stage, city_id)
join released.member as member using (standard_id, cycle, city_id)
where mask.mask is distinct from told.mask
group by all
having count(*) >= getvariable('least')
