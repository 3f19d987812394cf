-- The records of the cities file with the id that each means: its own, else its name's; where names repeat, with the state.
create or replace temp table city_told as
select
    *,
    count(distinct fold(state_told)) over (partition by slug(city)) > 1 as repeated,
    coalesce(
        nullif(trim(city_id), ''),
        slug(if(repeated, concat_ws(' ', city, state_told), city))
    ) as listed_id
from city_record
where fold(coalesce(city_id, '') || coalesce(city, '')) is not null
