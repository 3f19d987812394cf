-- One answer per city, cycle, stage and criterion counts. Looked for only where an assessment has more responses than
-- different criteria (see models/cohort/20_superseded.sql).
with contested as (
    select standard_id, city_id, cycle, stage
    from response
    group by all
    having count(*) > bit_count(bit_or(1::ubigint << (enum_code(criterion_id) % 64)))
)
select standard_id, city_id, cycle, stage, criterion_id, count(*) as responses
from response
semi join contested using (standard_id, city_id, cycle, stage)
group by all
having count(*) > 1
