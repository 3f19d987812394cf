-- The pass rates count every response of the assessed cities, and each lies in its interval.
with counted as (
    select standard_id, cycle, stage, sum(met) as met, sum(answered) as answered
    from city_score
    group by all
),
rated as (
    select
        standard_id,
        cycle,
        stage,
        sum(met) as met,
        sum(answered) as answered,
        count_if(pass_rate not between low - 1e-9 and high + 1e-9) as outside
    from criterion_rate
    group by all
)
select standard_id, cycle, stage, counted.met, rated.met as met_in_rates, outside
from counted
full join rated using (standard_id, cycle, stage)
where (counted.met, counted.answered) is distinct from (rated.met, rated.answered) or outside > 0
