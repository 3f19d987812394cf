-- Blocks of fewer than five others, figures of fewer than five answers, and figures that tell none from one or all from
-- all but one.
select 'block' from block where cities < 5
union all
select 'block_member' from block_member group by standard_id, cycle, block_id having count(*) < 5
union all
select 'block_answer'
from block_answer
where answered < 5 or answered > asked or met_low < 0 or met_high > answered
    or if(met_low = met_high, met_low < 2 or met_low > answered - 2, met_high - met_low <> 1)
union all
select 'block_score' from block_score group by standard_id, cycle, stage, block_id, area_id having count(*) < 5
union all
select 'block_change' from block_change where cities < 5
