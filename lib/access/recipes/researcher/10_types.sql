-- One row per city ever assessed and the key it has in every research file; in the order of the keys, which is none.
create temp table keyed as
select city_id as city_was, sha256(concat_ws(chr(31), $key, 'research', city_id)) as secret
from temp.member;
create type city_id as enum (
    select id from (select 'city-' || secret[:12] as id from temp.keyed union select '') order by id
);
create temp table coded as
select
    city_was,
    ('city-' || secret[:12])::city_id as city_id,
    'City ' || translate(secret[13:18], '0123456789abcdef', '2345679ACDEHKMQR') as name
from temp.keyed;
create type attribute_value as enum (
    select value
    from (
        select '' as value, -1 as place
        union
        select value::text, enum_code(value)
        from published.city_attribute
        where value::text in (select value from temp.shown)
    )
    group by value
    order by min(place)
)
