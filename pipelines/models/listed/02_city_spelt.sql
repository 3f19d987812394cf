-- Every way to write a listed city: its name, alone or with its state, its country or both; states and countries short
-- or in full. A code that two countries use, such as PA, is read only where the list says the country.
create temp table city_spelt as
with told as (
    select
        fold(city_id) as id_key,
        max(value) filter (fold(label) in ('state', 'province', 'state/province', 'estado', 'provincia', 'uf', 'department')) as state,
        max(value) filter (fold(label) in ('country', 'pais')) as country
    from city_fact
    group by all
),
placed as (
    select told.*, country_spelt.country as known_country
    from told
    left join country_spelt on place_key(country_spelt.spelt) = place_key(told.country)
),
countries as (
    select id_key, country as text from told where country is not null
    union
    select id_key, spelt from placed join country_spelt on country_spelt.country = placed.known_country
),
meant as (
    select
        placed.id_key,
        [region.code, region.name] as texts,
        count(*) over (partition by placed.id_key) as regions
    from placed
    join region
        on place_key(placed.state) in (place_key(region.code), place_key(region.name))
        and region.country = coalesce(known_country, region.country)
    where placed.country is null or known_country is not null
),
states as (
    select id_key, state as text from told where state is not null
    union
    select id_key, unnest(texts) from meant where regions = 1
),
spelt as (
    select
        city_no,
        unnest([
            name,
            name || coalesce(states.text, ''),
            name || coalesce(countries.text, ''),
            name || coalesce(states.text, '') || coalesce(countries.text, '')
        ]) as text
    from city_known
    left join states using (id_key)
    left join countries using (id_key)
)
select distinct
    place_key(text) as key,
    city_no
from spelt
