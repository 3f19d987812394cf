-- Every other column is an attribute under its header.
insert into city_fact
select
    (select max(file_no) from city_listed),
    record_number,
    listed_id,
    label,
    value
from (
    unpivot city_told
    on columns(c -> c not in ('record_number', 'city_id', 'city', 'state_told', 'repeated', 'listed_id'))
    into name label value value
)
