-- Sorts bands by their size and all other values by name, whatever the attribute.
create type attribute_value as enum (
    select value
    from category_value
    group by value
    order by min(place), sort_key(value)
)
