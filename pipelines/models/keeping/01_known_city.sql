-- One row per city that a file named, also where none of its answers could be accepted.
create table workings.known_city as
select
    city_no,
    city_id,
    name,
    listed,
    id_key,
    name_key
from city_known
order by city_no
