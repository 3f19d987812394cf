-- Scores follow from answers and rules. Of cities that answer as was told they are those of today's rules; of the others
-- they stay, as their answers do.
create temp table current as
select number, answered.*
from temp.answered as answered
join released.assessment as told
    on told.standard_id = answered.standard_id::text
    and told.cycle = answered.cycle::text
    and told.stage = answered.stage::text
    and told.city_id = answered.city_id::text
    and told.mask = answered.mask;
delete from released.area_score
where number not in (select number from released.assessment) or number in (select number from temp.current);
delete from released.city_score
where number not in (select number from released.assessment) or number in (select number from temp.current);
insert into released.area_score
select number, area_id::text, met, asked
from published.area_score
join temp.current using (standard_id, cycle, stage, city_id)
where answered > 0;
insert into released.city_score
select number, score
from published.city_score
join temp.current using (standard_id, cycle, stage, city_id)
where score is not null;
create or replace table released.publication as
select
    (select coalesce(max(number), 0) + 1 from released.publication)::integer as number,
    built_at as as_of,
    version() as engine
from published.publication
