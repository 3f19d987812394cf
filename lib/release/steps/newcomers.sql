-- One row per city and stage of a cycle in which so many wait for their blocks that these are made.
create or replace temp table newcomer as
select standard_id, cycle, stage, city_id
from temp.mask
anti join released.member using (standard_id, cycle, city_id)
qualify count(*) over (partition by standard_id, cycle, stage) >= getvariable('together')
