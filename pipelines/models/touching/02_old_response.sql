create table old.response as
select response.*
from base.response
semi join old.touched using (standard_id, city_id)
