-- One row per cycle of a standard, in the order of the labels.
create table cycle as
select
    standard_id,
    cycle,
    row_number() over (partition by standard_id order by cycle)::usmallint as position
from (select distinct standard_id, cycle from criterion_rate)
order by all
