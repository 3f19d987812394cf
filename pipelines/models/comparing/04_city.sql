create view new.city as
select
    city_id,
    name
from main.city
where city_id in (select city_id from main.response)
