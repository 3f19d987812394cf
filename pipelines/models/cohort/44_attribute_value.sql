-- Sorts bands by their size and all other values by name, whatever the attribute. A type needs a value, so there is
-- an empty one that no city has.
create type attribute_value as enum (
    select value
    from (
        select value, place from category_value
        union all
        select '', 0
    )
    group by value
    order by min(place), sort_key(value)
)
