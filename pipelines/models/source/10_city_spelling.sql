-- One row per way this source writes a city (id and name as received): the city it means, or why none.
create or replace temp table city_spelling as
with spelled as (
    select distinct
        city_id,
        city,
        nullif(trim(city_id), '') as id_text,
        nullif(trim(city), '') as name_text
    from record
),
names as (
    select
        name_key,
        min(city_id) as known_id,
        count(*) as cities
    from city_known
    group by name_key
),
matched as (
    select
        spelled.*,
        by_id.city_id as by_id,
        names.known_id as by_name,
        coalesce(names.cities, 0) as namesakes,
        strict
    from spelled
    cross join current_source
    left join city_known as by_id on by_id.id_key = fold(id_text)
    left join names on names.name_key = fold(name_text)
)
select
    city_id,
    city,
    coalesce(name_text, id_text) as name,
    case
        when id_text is null and name_text is null then 'blank city'
        when by_id is not null then null
        when id_text is not null and not strict then null
        when namesakes > 1 then 'unknown city'
        when by_name is not null then null
        when strict then 'unknown city'
    end::reason as reason,
    case
        when reason is not null then null
        when by_id is not null then by_id
        when id_text is not null and not strict then id_text
        else coalesce(by_name, slug(name_text))
    end as means
from matched
