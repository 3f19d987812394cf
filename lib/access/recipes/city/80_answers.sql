-- Whole blocks less the viewer's own part. None and all are never told apart from one and all but one; a figure of fewer
-- than five answers is none.
create or replace temp view block_answer as
with mine as (
    from temp.told
    semi join temp.own using (city_id)
),
own_answers as (
    select
        standard_id,
        cycle,
        stage,
        block_id,
        try_cast(criterion_id as criterion_id) as criterion_id,
        count(credit) as own_answered,
        count(*) filter (status = 'met') as own_met,
        count(*) filter (status = 'not_applicable') as own_not_applicable
    from released.response
    join mine using (number)
    group by all
),
own_seats as (
    select standard_id, cycle, stage, block_id, count(*) as own_cities
    from mine
    group by all
),
others as (
    select
        standard_id,
        cycle,
        stage,
        block_id,
        criterion_id,
        cities - coalesce(own_cities, 0) - not_applicable + coalesce(own_not_applicable, 0) as asked,
        answered - coalesce(own_answered, 0) as answered,
        met - coalesce(own_met, 0) as met
    from temp.counted
    left join own_seats using (standard_id, cycle, stage, block_id)
    left join own_answers using (standard_id, cycle, stage, block_id, criterion_id)
)
select
    standard_id,
    cycle,
    stage,
    block_id,
    criterion_id,
    asked::integer as asked,
    answered::integer as answered,
    case when met <= 1 then 0 when met >= answered - 1 then answered - 1 else met end::integer as met_low,
    case when met <= 1 then 1 when met >= answered - 1 then answered else met end::integer as met_high
from others
where answered >= 5
order by all
