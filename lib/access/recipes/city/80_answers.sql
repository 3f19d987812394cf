-- None and all are never told apart from one and all but one; a figure of fewer than five answers is none.
create table block_answer as
with asked as (
    select standard_id, cycle, stage, block_id, count(*) as cities
    from published.assessment
    join temp.peer using (standard_id, cycle, city_id)
    group by all
),
counted as (
    select
        standard_id,
        cycle,
        stage,
        block_id,
        criterion_id,
        count(credit) as answered,
        count(*) filter (status = 'met') as met,
        count(*) filter (status = 'not_applicable') as not_applicable
    from published.response
    join temp.peer using (standard_id, cycle, city_id)
    semi join published.assessment using (standard_id, cycle, stage, city_id)
    group by all
)
select
    standard_id,
    cycle,
    stage,
    block_id,
    criterion_id,
    (cities - not_applicable)::integer as asked,
    answered::integer as answered,
    case when met <= 1 then 0 when met >= answered - 1 then answered - 1 else met end::integer as met_low,
    case when met <= 1 then 1 when met >= answered - 1 then answered else met end::integer as met_high
from counted
join asked using (standard_id, cycle, stage, block_id)
where answered >= 5
order by all
