-- Rates of all cities that the release tells of: sums of its blocks, and no others. Of fewer than $least answers there is
-- none; where nobody or everybody meets a criterion, or all but one do, there are only bounds.
create table criterion_rate as
with cities as (
    select standard_id, cycle, stage, count(*) as cities
    from temp.told
    group by all
),
counted as (
    select
        standard_id,
        cycle,
        stage,
        try_cast(criterion_id as criterion_id) as criterion_id,
        count(*) filter (status = 'met') as met,
        count(credit) as answered,
        count(*) filter (status = 'not_applicable') as not_applicable
    from released.response
    join temp.told using (number)
    group by all
),
bounded as (
    select
        *,
        case when met <= 1 then 0 when met >= answered - 1 then answered - 1 else met end::integer as met_low,
        case when met <= 1 then 1 when met >= answered - 1 then answered else met end::integer as met_high
    from counted
    where answered >= $least and criterion_id is not null
)
select
    standard_id,
    cycle,
    stage,
    criterion_id,
    if(met_low = met_high, met, null)::uinteger as met,
    answered::uinteger as answered,
    (cities - not_applicable)::uinteger as asked,
    if(met_low = met_high, met / answered, null) as pass_rate,
    wilson_low(if(met_low = 0, 0, met_low), answered) as low,
    wilson_high(met_high, answered) as high,
    met_low,
    met_high
from bounded
join cities using (standard_id, cycle, stage)
order by standard_id, cycle, stage, criterion_id
