-- Every other column is an attribute under its header.
insert into city_fact
select
    (select max(file_no) from city_listed),
    record_number,
    coalesce(nullif(trim(city_id), ''), slug(city)),
    label,
    value
from (unpivot city_record on columns(c -> c not in ('record_number', 'city_id', 'city')) into name label value value)
