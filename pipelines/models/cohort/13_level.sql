-- One row per level of a standard, lowest first.
create table level as
select
    standard_id::standard_id as standard_id,
    level,
    position,
    minimum,
    band
from given_level
order by standard_id, position
