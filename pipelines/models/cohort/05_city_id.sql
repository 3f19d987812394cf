create type city_id as enum (
    select city_id
    from city_shown
    order by city_id
)
