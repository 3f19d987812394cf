-- Cities with answers that count for the first time; where more is known of any city, the table is replaced after this.
insert into base.city by name
select
    city_id,
    name
from city
where city_id::text not in (select city_id from base.city)
