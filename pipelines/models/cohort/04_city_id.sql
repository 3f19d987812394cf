create type city_id as enum (
    select city_id
    from city_known
    where listed or city_no in (select city_no from answer)
    order by city_id
)
