-- Only what the viewer may know has a place in a type: their own ids, and values of theirs or shown of others.
create type city_id as enum (
    select city_id::text from temp.own order by 1
);
create type attribute_value as enum (
    select value
    from (
        select '' as value, -1 as place
        union
        select value::text, enum_code(value)
        from published.city_attribute
        where city_id in (select city_id from temp.own) or value::text in (select unnest($shown::text[]))
    )
    group by value
    order by min(place)
)
