insert into base.workings.known_city
select
    city_no,
    city_id,
    name,
    listed,
    id_key,
    name_key
from city_known
where city_no > (select count(*) from base.workings.known_city)
