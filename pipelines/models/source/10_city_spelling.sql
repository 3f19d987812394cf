-- One row per way this batch writes a city (id and name as received): the city it means, or why none.
-- An alias comes first, then the id (also where the name should be), then the name in every way a cities file makes it known.
create or replace temp table city_spelling as
with aliases as (
    select
        place_key("from") as key,
        any_value("to") as means
    from alias
    where kind = 'city'
    group by all
),
spelled as (
    select
        spelling.*,
        coalesce(by_name.means, by_id.means) as aliased,
        coalesce(aliased, nullif(trim(city), '')) as name_text,
        coalesce(aliased, nullif(trim(city_id), '')) as id_text,
        place_key(coalesce(name_text, id_text)) as key,
        place_key(plain_place(coalesce(name_text, id_text))) as plain_key
    from (select distinct city_id, city from record) as spelling
    left join aliases as by_name on by_name.key = place_key(city)
    left join aliases as by_id on by_id.key = place_key(city_id)
),
known as (
    select key, city_no from city_spelt
    union all
    select name_key, city_no from city_known
),
names as (
    select
        known.key,
        min(city_id) as known_id,
        count(distinct city_no) as cities
    from known
    semi join (select key from spelled union all select plain_key from spelled) as asked using (key)
    join city_known using (city_no)
    group by known.key
),
matched as (
    select
        spelled.*,
        coalesce(by_id.city_id, by_text.city_id) as by_id,
        coalesce(names.known_id, plain_names.known_id) as by_name,
        coalesce(names.cities, plain_names.cities, 0) as namesakes,
        strict
    from spelled
    cross join current_source
    left join city_known as by_id on by_id.id_key = fold(id_text)
    left join city_known as by_text on by_text.id_key = fold(name_text)
    left join names on names.key = spelled.key
    left join names as plain_names on plain_names.key = plain_key
)
select
    city_id,
    city,
    coalesce(name_text, id_text) as name,
    case
        when id_text is null and name_text is null then 'blank city'
        when by_id is not null then null
        when id_text is not null and aliased is null and not strict then null
        when namesakes > 1 then 'unknown city'
        when by_name is not null then null
        when strict then 'unknown city'
    end::reason as reason,
    case
        when reason is not null then null
        when by_id is not null then by_id
        when id_text is not null and aliased is null and not strict then id_text
        else coalesce(by_name, slug(name_text))
    end as means
from matched
