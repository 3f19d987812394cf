-- Rates of all cities. Of fewer than $least answers there is none; where nobody or everybody meets a criterion, or all
-- but one do, there are only bounds.
create table criterion_rate as
with bounded as (
    select
        *,
        case when met <= 1 then 0 when met >= answered - 1 then answered - 1 else met end::integer as met_low,
        case when met <= 1 then 1 when met >= answered - 1 then answered else met end::integer as met_high
    from published.criterion_rate
    where answered >= $least
)
select
    standard_id,
    cycle,
    stage,
    criterion_id,
    if(met_low = met_high, met, null) as met,
    answered,
    asked,
    if(met_low = met_high, pass_rate, null) as pass_rate,
    if(met_low = met_high, low, wilson_low(if(met_low = 0, 0, met_low), answered)) as low,
    if(met_low = met_high, high, wilson_high(met_high, answered)) as high,
    met_low,
    met_high
from bounded
order by standard_id, cycle, stage, criterion_id
