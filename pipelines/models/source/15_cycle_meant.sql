-- The same with the cycle's number.
create or replace temp table cycle_meant as
select
    cycle_spelling.cycle,
    cycle_no,
    reason
from cycle_spelling
left join cycle_known on cycle_known.cycle = means
