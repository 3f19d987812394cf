-- The type of the published ids has those that are shown.
create temp table city_known as
select
    city_no,
    city_id,
    name,
    listed,
    try_cast(city_id as base.city_id) is not null as shown,
    id_key,
    name_key
from base.workings.known_city
order by city_no
