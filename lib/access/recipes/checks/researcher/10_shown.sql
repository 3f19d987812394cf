-- Cities that show what fewer than ten show.
with told as (
    select city.city_id, list((attribute_id, value::text) order by attribute_id) filter (value is not null) as shown
    from city
    left join city_attribute using (city_id)
    group by city.city_id
)
select shown
from told
where (select count(*) from told) >= 10
group by shown
having count(*) < 10
