-- One row per city with its attributes side by side; the loader makes numbers of the number attributes.
create table city as
with value as (
    select city_id, attribute_id, value from category_value
    union all
    select city_id, attribute_id, value from city_value
    where attribute_id in (select attribute_id from attribute where kind = 'number')
)
select
    city_shown.city_id::city_id as city_id,
    city_shown.name,
    side_by_side.* exclude (city_id)
from city_shown
left join (pivot value on attribute_id using first(value) group by city_id) as side_by_side using (city_id)
order by all
