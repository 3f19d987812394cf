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
;
-- What the members of each block answered, all of them counted.
create temp table counted as
with asked as (
    select standard_id, cycle, stage, block_id, count(*) as cities
    from published.assessment
    join temp.placed using (standard_id, cycle, city_id)
    group by all
),
answers as (
    select
        standard_id,
        cycle,
        stage,
        block_id,
        criterion_id,
        count(credit) as answered,
        count(*) filter (status = 'met') as met,
        count(*) filter (status = 'not_applicable') as not_applicable
    from published.response
    join temp.placed using (standard_id, cycle, city_id)
    semi join published.assessment using (standard_id, cycle, stage, city_id)
    group by all
)
select *
from answers
join asked using (standard_id, cycle, stage, block_id)
order by standard_id, cycle, stage, block_id, criterion_id
