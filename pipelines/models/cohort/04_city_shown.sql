-- The cities to publish: those of the cities files and those with an answer.
create temp table city_shown as
select
    city_no,
    city_id,
    name,
    id_key
from city_known
where shown or city_no in (select distinct city_no from answer where reason is null)
