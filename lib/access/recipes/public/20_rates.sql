-- Rates of all cities. Of fewer than $least answers there is none; where nobody or everybody meets a criterion, or all
-- but one do, there are only bounds.
create table criterion_rate as
select
    standard_id,
    cycle,
    stage,
    criterion_id,
    if(met between 2 and answered - 2, met, null) as met,
    answered,
    asked,
    if(met between 2 and answered - 2, pass_rate, null) as pass_rate,
    case when met <= 1 then 0 when met >= answered - 1 then wilson_low(answered - 1, answered) else low end as low,
    case when met <= 1 then wilson_high(1, answered) when met >= answered - 1 then 1 else high end as high
from published.criterion_rate
where answered >= $least
order by standard_id, cycle, stage, criterion_id
