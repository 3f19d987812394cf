-- Certifications are announced, so names belong here.
create table certification as
select
    standard_id,
    city_id,
    coalesce(city.name, city_id) as name,
    cycle,
    level,
    announced_on
from temp.certified
left join (select city_id::text as city_id, name from published.city) as city using (city_id)
order by standard_id, cycle, name, city_id
