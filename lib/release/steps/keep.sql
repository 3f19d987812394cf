insert into temp.shown by name
select * exclude (a, b, class), getvariable('attribute') as attribute_id
from temp.member
where value is not null
