create table old.city as
select
    city_id,
    name
from base.city
where city_id in (select city_id from old.touched)
