-- Scores follow from answers and rules. Of cities that answer as was told they are those of today's rules; of the others
-- they stay, as their answers do.
create temp table current as
select told.number, told.standard_id, told.cycle, told.stage, told.city_id
from released.assessment as told
join temp.mask as mask using (standard_id, cycle, stage, city_id, mask);
delete from released.area_score
where number not in (select number from released.assessment) or number in (select number from temp.current);
delete from released.city_score
where number not in (select number from released.assessment) or number in (select number from temp.current);
insert into released.area_score
select number, area_id::text, met, asked
from published.area_score as score
join temp.current as current
    on current.standard_id = score.standard_id::text
    and current.cycle = score.cycle::text
    and current.stage = score.stage::text
    and current.city_id = score.city_id::text
where answered > 0;
insert into released.city_score
select number, score
from published.city_score as score
join temp.current as current
    on current.standard_id = score.standard_id::text
    and current.cycle = score.cycle::text
    and current.stage = score.stage::text
    and current.city_id = score.city_id::text
where score is not null;
create or replace table released.publication as
select
    (select coalesce(max(number), 0) + 1 from released.publication)::integer as number,
    built_at as as_of,
    version() as engine
from published.publication
