create table old.assessment as
select assessment.*
from base.assessment
semi join old.touched using (standard_id, city_id)
