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
        semi join temp.own using (city_id)
    )
    group by value
    order by min(place)
)
