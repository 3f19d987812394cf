-- One answer per city, cycle, stage and criterion counts.
select standard_id, city_id, cycle, stage, criterion_id, count(*) as responses
from response
group by all
having count(*) > 1
