-- The id of each city number, converted once rather than once per answer.
create temp table city_code as
select
    city_no,
    city_id::city_id as city_id
from city_shown
