insert into cycle_known
select
    row_number() over (),
    cycle,
    true
from (select unnest(enum_range(null::base.cycle_label)) as cycle)
