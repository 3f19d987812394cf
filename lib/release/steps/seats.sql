-- One row per newcomer of a cycle. `a` and `b` say in which of the two stages, null for a stage that has fewer than
-- getvariable('least') newcomers in the cycle: a group need not hold enough of what is not there. Everybody begins in one class.
create temp table member as
with seated as (
    select
        standard_id,
        cycle,
        city_id,
        count(*) filter (stage = 'self_reported') as a,
        count(*) filter (stage = 'validated') as b
    from temp.newcomer
    group by all
),
enough as (
    select
        standard_id,
        cycle,
        sum(a) >= getvariable('least') as a_counts,
        sum(b) >= getvariable('least') as b_counts
    from seated
    group by all
)
select
    standard_id,
    cycle,
    city_id,
    case when a_counts then a when not b_counts then 1 end as a,
    if(b_counts, b, null) as b,
    hash(standard_id, cycle) as class,
    null::text as value
from seated
join enough using (standard_id, cycle)
