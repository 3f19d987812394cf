-- One row per way this batch writes a city (id, name and state as received): the city it means, or why none.
-- An alias comes first, then the id (also where the name should be), then the name in every way a cities file makes it
-- known, first of all with the state beside it.
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
        if(aliased is null, nullif(trim(state), ''), null) as state_text,
        place_key(coalesce(name_text, id_text)) as key,
        place_key(plain_place(coalesce(name_text, id_text))) as plain_key,
        place_key(plain_place(name_text) || state_text) as placed_key
    from (select distinct city_id, city, state from record) as spelling
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
    semi join (
        select key from spelled union all select plain_key from spelled union all select placed_key from spelled
    ) as asked using (key)
    join city_known using (city_no)
    group by known.key
),
-- Names that this batch gives to cities of several states.
repeated as (
    select key
    from spelled
    group by key
    having count(distinct place_key(state_text)) > 1
),
region_spelt as (
    select country, code, place_key(unnest([code, name])) as key from region
),
-- A city whose state is known to be another than the one beside its name is another city.
elsewhere as (
    select spelled.key, spelled.state_text
    from (select distinct unnest([key, plain_key]) as likely_key, key, state_text from spelled) as spelled
    join region_spelt as said on said.key = place_key(state_text)
    join city_known as likely on likely.name_key = likely_key
    join city_spelt using (city_no)
    join region_spelt as listed on listed.key = substr(city_spelt.key, length(likely.name_key) + 1)
    group by all
    having not bool_or(said.code = listed.code and said.country = listed.country)
),
matched as (
    select
        spelled.*,
        coalesce(by_id.city_id, if(placed.key is null and elsewhere.key is null, by_text.city_id, null)) as by_id,
        coalesce(placed.known_id, names.known_id, plain_names.known_id) as by_name,
        coalesce(placed.cities, names.cities, plain_names.cities, 0) as namesakes,
        placed.key is null and elsewhere.key is not null as not_this_one,
        placed.key is null and repeated.key is not null as needs_state,
        strict
    from spelled
    cross join current_source
    left join city_known as by_id on by_id.id_key = fold(id_text)
    left join city_known as by_text on by_text.id_key = fold(name_text)
    left join names as placed on placed.key = placed_key
    left join names on names.key = spelled.key
    left join names as plain_names on plain_names.key = plain_key
    left join elsewhere on elsewhere.key = spelled.key and elsewhere.state_text = spelled.state_text
    left join repeated on repeated.key = spelled.key
)
select
    city_id,
    city,
    state,
    concat_ws(', ', coalesce(name_text, id_text), if(needs_state, state_text, null)) as name,
    case
        when id_text is null and name_text is null then 'blank city'
        when by_id is not null then null
        when id_text is not null and aliased is null and not strict then null
        when not strict and needs_state and state_text is not null then null
        when namesakes > 1 or not_this_one then 'unknown city'
        when by_name is not null then null
        when strict then 'unknown city'
    end::reason as reason,
    case
        when reason is not null then null
        when by_id is not null then by_id
        when id_text is not null and aliased is null and not strict then id_text
        when not strict and needs_state and state_text is not null then slug(name_text || ' ' || state_text)
        else coalesce(by_name, slug(name_text))
    end as means
from matched
