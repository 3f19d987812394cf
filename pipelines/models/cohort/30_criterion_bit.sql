-- One row per criterion of a plain standard, each with a bit of its own.
create temp table criterion_bit as
select
    standard_id,
    criterion_id,
    area_id,
    1::ubigint << (position - 1) as bit
from criterion
semi join plain_standard using (standard_id)
