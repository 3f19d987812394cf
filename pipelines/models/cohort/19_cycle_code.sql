-- The label of each cycle number, likewise.
create temp table cycle_code as
select
    cycle_no,
    try_cast(cycle as cycle_label) as cycle
from cycle_known
