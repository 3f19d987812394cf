-- Everything about the viewer's own cities.
create table city as
select city_id::text::city_id as city_id, * exclude (city_id)
from published.city
semi join temp.own using (city_id)
order by city_id;
create table attribute as
from published.attribute
where attribute_id in (select attribute_id from published.city_attribute semi join temp.own using (city_id))
    or kind = 'number'
order by position;
create table city_attribute as
select city_id::text::city_id as city_id, attribute_id, value::text::attribute_value as value
from published.city_attribute
semi join temp.own using (city_id)
order by all;
create table assessment as
select * replace (city_id::text::city_id as city_id)
from published.assessment
semi join temp.own using (city_id)
order by standard_id, city_id, cycle, stage;
create table area_score as
select * replace (city_id::text::city_id as city_id)
from published.area_score
semi join temp.own using (city_id)
order by standard_id, city_id, cycle, stage, area_id;
create table family_score as
select * replace (city_id::text::city_id as city_id)
from published.family_score
semi join temp.own using (city_id)
order by standard_id, city_id, cycle, stage, family_id;
create table city_score as
select * replace (city_id::text::city_id as city_id)
from published.city_score
semi join temp.own using (city_id)
order by standard_id, city_id, cycle, stage;
-- Rates of all cities would show, less the blocks', what is too small to be shown.
create table criterion_rate as from published.criterion_rate limit 0
