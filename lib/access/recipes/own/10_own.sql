-- The viewer's own cities.
create or replace temp table own as
select city_id
from published.city
where city_id::text in (select unnest($own::text[]))
