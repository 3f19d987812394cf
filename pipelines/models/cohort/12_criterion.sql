-- One row per criterion of a standard, numbered in the standard's order.
create table criterion as
select
    standard_id::standard_id as standard_id,
    criterion_id::criterion_id as criterion_id,
    area_id::area_id as area_id,
    short_name,
    text,
    position,
    weight,
    reworded_later
from given_criterion
order by standard_id, position
