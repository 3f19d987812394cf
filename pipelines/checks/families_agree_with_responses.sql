-- A family counts exactly the responses to its criteria, and nobody earns less than nothing or more than everything.
with counted as (
    select standard_id, cycle, stage, family_id, sum(met) as met, sum(answered) as answered
    from family_score
    group by all
),
rated as (
    select standard_id, cycle, stage, family_id, sum(met) as met, sum(answered) as answered
    from criterion_rate
    join family_criterion using (standard_id, criterion_id)
    group by all
)
select standard_id, cycle, stage, family_id, 'counts differ' as fault
from counted
full join rated using (standard_id, cycle, stage, family_id)
where (counted.met, counted.answered) is distinct from (rated.met, rated.answered)
union all
select standard_id, cycle, stage, family_id, city_id
from family_score
where met > answered or answered > asked or share not between 0 and 1 or (share is null) <> (answered = 0)
