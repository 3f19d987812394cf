-- Attributes that enough cities share, categories only: a number would be nearly a name.
create table attribute as
from published.attribute
where kind = 'category' and attribute_id in (select attribute_id from temp.shown)
order by position;
create table city_attribute as
select coded.city_id, attribute_id, value::attribute_value as value
from temp.shown as shown
join temp.coded as coded on city_was = shown.city_id
order by all;
create table city as
select coded.city_id, coded.name, side_by_side.* exclude (city_id)
from temp.coded as coded
left join (pivot city_attribute on attribute_id using first(value::text) group by city_id) as side_by_side using (city_id)
order by coded.city_id
