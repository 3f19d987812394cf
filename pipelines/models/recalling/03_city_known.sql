create temp table city_known as
select
    city_no,
    known_city.city_id,
    known_city.name,
    listed,
    city.city_id is not null as shown,
    id_key,
    name_key
from base.workings.known_city
left join base.city on city.city_id::text = known_city.city_id
order by city_no
