-- Every answer belongs to a city with a name.
select distinct city_id
from response
anti join (from city where name is not null) using (city_id)
