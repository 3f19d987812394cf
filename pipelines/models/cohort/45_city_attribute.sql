-- One row per city and category attribute with a value. No row: unknown.
create table city_attribute as
select
    city_id::city_id as city_id,
    attribute_id,
    value::attribute_value as value
from category_value
order by all
