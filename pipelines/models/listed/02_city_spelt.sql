-- Every way to write a listed city: its name, alone or with its state, its country or both.
create temp table city_spelt as
with told as (
    select
        fold(city_id) as id_key,
        max(value) filter (fold(label) in ('state', 'province', 'state/province', 'estado', 'provincia', 'uf', 'department')) as state,
        max(value) filter (fold(label) in ('country', 'pais')) as country
    from city_fact
    group by all
),
spelt as (
    select
        city_no,
        unnest([
            name,
            name || coalesce(state, ''),
            name || coalesce(country, ''),
            name || coalesce(state, '') || coalesce(country, '')
        ]) as text
    from city_known
    left join told using (id_key)
)
select distinct
    place_key(text) as key,
    city_no
from spelt
