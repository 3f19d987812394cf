insert into base.workings.city_fact
from city_fact
where file_no > (select 1000 + max(source_id) from base.source)
