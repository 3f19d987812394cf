-- Every city met so far: first those of the cities files (the latest file's name), later those the sources name.
-- `shown`: whether it is published whatever the sources of this build say.
create temp table city_known as
with latest as (
    select
        fold(city_id) as id_key,
        arg_max(city_id, [file_no, row]) as city_id,
        arg_max(name, [file_no, row]) as name
    from city_listed
    group by fold(city_id)
)
select
    row_number() over (order by id_key)::uinteger as city_no,
    city_id,
    name,
    true as listed,
    true as shown,
    id_key,
    place_key(name) as name_key
from latest
