-- Cities that show what fewer than ten show. Nothing at all may be shown of few: of those whose announcements fewer than
-- ten share.
with told as (
    select city.city_id, list((attribute_id, value::text) order by attribute_id) filter (value is not null) as shown
    from city
    left join city_attribute using (city_id)
    group by city.city_id
),
announced as (
    select city_id, list((standard_id, cycle, level) order by standard_id, cycle, level) as history
    from certification
    group by city_id
),
rare as (
    select count(*) as cities
    from (select count(*) over (partition by history) as many from announced)
    where many < 10
)
select shown
from told
where (select count(*) from told) >= 10
group by shown
having count(*) < 10 and not (shown is null and count(*) <= (select cities from rare))
