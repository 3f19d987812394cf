-- One row per city and attribute with a value, the latest file's where files differ.
create temp table city_value as
select
    city_shown.city_id,
    attribute_id,
    arg_max(trim(value), [file_no, row]) as value
from city_fact
join city_shown on city_shown.id_key = fold(city_fact.city_id)
join attribute_column using (label)
where nullif(trim(value), '') is not null
group by all
