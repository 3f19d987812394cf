insert into city_listed
select
    (select coalesce(max(file_no), 0) + 1 from city_listed),
    record_number,
    listed_id,
    coalesce(nullif(trim(city), ''), trim(city_id))
from city_told
