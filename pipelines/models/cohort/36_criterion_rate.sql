-- One row per cycle, stage and criterion. A criterion that no answer mentions was asked of every city assessed.
create table criterion_rate as
with assessed as (
    select
        standard_id,
        cycle,
        stage,
        count(*) as cities
    from assessment
    group by all
),
sums as (
    select
        standard_id,
        cycle,
        stage,
        criterion_id,
        count(*) filter (status = 'met') as met,
        count(credit) as answered
    from response
    group by all
),
-- Where nothing is answered there is no assessment, and what does not apply there does not count.
spared as (
    select
        standard_id,
        cycle,
        stage,
        criterion_id,
        count(*) as not_applicable
    from (from response where status = 'not_applicable')
    semi join assessment using (standard_id, city_id, cycle, stage)
    group by all
),
counted as (
    select
        assessed.standard_id,
        assessed.cycle,
        assessed.stage,
        criterion.criterion_id,
        coalesce(met, 0) as met,
        coalesce(answered, 0) as answered,
        cities - coalesce(not_applicable, 0) as asked
    from assessed
    join criterion using (standard_id)
    left join sums using (standard_id, cycle, stage, criterion_id)
    left join spared using (standard_id, cycle, stage, criterion_id)
    union all
    from rate_elsewhere
),
added as (
    select
        standard_id::standard_id as standard_id,
        cycle::cycle_label as cycle,
        stage,
        criterion_id::criterion_id as criterion_id,
        sum(counted.met) as met,
        sum(counted.answered) as answered,
        sum(counted.asked) as asked
    from counted
    group by all
)
select
    standard_id,
    cycle,
    stage,
    criterion_id,
    met::uinteger as met,
    answered::uinteger as answered,
    asked::uinteger as asked,
    if(answered > 0, met / answered, null) as pass_rate,
    wilson_low(met, answered) as low,
    wilson_high(met, answered) as high
from added
order by all
