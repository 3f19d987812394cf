create temp table shown as
select * exclude (a, b, class), null::text as attribute_id
from temp.member
limit 0
