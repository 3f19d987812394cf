-- Anything about a city, and rates that tell too much.
select 'city' from city
union all
select 'assessment' from assessment
union all
select 'response' from response
union all
select 'score' from city_score
union all
select 'score' from area_score
union all
select 'source' from source
union all
select 'criterion_rate'
from criterion_rate
where answered < 10 or met < 2 or met > answered - 2 or (met is null) <> (pass_rate is null)
