create table old.city_score as
select city_score.*
from base.city_score
semi join old.touched using (standard_id, city_id)
