-- Attribute columns of a source, for the cities that its records mean.
insert into city_fact
select
    1000 + source_id,
    described.record_number,
    city_spelling.means,
    label,
    value
from (unpivot city_record on columns(c -> c not in ('record_number', 'city_id', 'city', 'state_told')) into name label value value) as described
join city_spelling
    on city_spelling.city_id is not distinct from described.city_id
    and city_spelling.city is not distinct from described.city
    and city_spelling.state is not distinct from described.state_told
cross join current_source
where city_spelling.reason is null
