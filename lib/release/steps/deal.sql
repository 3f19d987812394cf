-- Each class dealt into blocks of at least `least` in each stage, for good: a city stays in its block for as long as it
-- is known. Dealing in the order of the stages gives every block its part of those who sat only one.
insert into released.member
with sized as (
    select class, greatest(1, least(sum(a), sum(b)) // getvariable('least')) as blocks
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
            partition by class order by b - a, sha256(concat_ws(chr(31), getvariable('salt'), city_id))
        ) - 1)
            % blocks as turn
    from temp.member
    join sized using (class)
),
so_far as (
    select standard_id, cycle, max(block_id) as blocks
    from released.member
    group by all
)
select
    standard_id,
    cycle,
    city_id,
    coalesce(so_far.blocks, 0) + dense_rank() over (partition by standard_id, cycle order by class, turn)
from dealt
left join so_far using (standard_id, cycle);
insert into released.shown by name
select standard_id, cycle, city_id, attribute_id, value
from temp.shown
