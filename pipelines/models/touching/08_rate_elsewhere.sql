insert into rate_elsewhere
with elsewhere as (
    select distinct
        standard_id,
        cycle,
        stage
    from base.assessment
    anti join old.touched using (standard_id, city_id)
),
assessed as (
    select
        standard_id,
        cycle,
        stage,
        count(*) as cities
    from old.assessment
    group by all
),
sums as (
    select
        standard_id,
        cycle,
        stage,
        criterion_id,
        count(*) filter (status = 'met') as met,
        count(credit) as answered,
        count(*) filter (status = 'not_applicable') as not_applicable
    from old.response
    semi join old.assessment using (standard_id, city_id, cycle, stage)
    group by all
)
select
    rate.standard_id,
    rate.cycle,
    rate.stage,
    rate.criterion_id,
    rate.met - coalesce(sums.met, 0),
    rate.answered - coalesce(sums.answered, 0),
    rate.asked - (coalesce(cities, 0) - coalesce(not_applicable, 0))
from base.criterion_rate as rate
semi join elsewhere using (standard_id, cycle, stage)
left join assessed using (standard_id, cycle, stage)
left join sums using (standard_id, cycle, stage, criterion_id)
