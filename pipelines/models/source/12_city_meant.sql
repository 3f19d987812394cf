-- The same with the city's number. Made here, on few rows: joining by folded ids would fold once per answer.
create or replace temp table city_meant as
select
    city_spelling.city_id,
    city_spelling.city,
    city_spelling.state,
    city_known.city_no,
    reason
from city_spelling
left join city_known on city_known.id_key = fold(city_spelling.means)
