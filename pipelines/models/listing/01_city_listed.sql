insert into city_listed
select
    (select coalesce(max(file_no), 0) + 1 from city_listed),
    record_number,
    coalesce(nullif(trim(city_id), ''), slug(city)),
    coalesce(nullif(trim(city), ''), trim(city_id))
from city_record
where fold(coalesce(city_id, '') || coalesce(city, '')) is not null
