-- Each class dealt into blocks of at least $least in each stage, the same for every viewer. Dealing in the order of the
-- stages gives every block its part of those who sat only one.
create temp table placed as
with sized as (
    select class, greatest(1, least(sum(a), sum(b)) // $least) as blocks
    from temp.member
    group by class
),
dealt as (
    select
        standard_id,
        cycle,
        city_id,
        class,
        (row_number() over (
            partition by class order by b - a, sha256(concat_ws(chr(31), $key, 'deal', cycle, city_id))
        ) - 1) % blocks as turn
    from temp.member
    join sized using (class)
)
select
    standard_id,
    cycle,
    city_id,
    dense_rank() over (partition by standard_id, cycle order by class, turn)::integer as block_id
from dealt
