insert into cycle_known
select
    (select count(*) from cycle_known) + row_number() over (order by means),
    means,
    false
from (select distinct means from cycle_spelling where means is not null)
where means not in (select cycle from cycle_known)
