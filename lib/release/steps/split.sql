-- Split every class by one more attribute, `value` being what is then shown of each member. A value is shown where at
-- least getvariable('least') share it, and everything shown before it, in each stage; the others of the class, whose value is small
-- or unknown, stay together unshown. Where those would be too few, the smallest value joins them: a complement hides
-- nobody that is smaller than getvariable('least') itself.
create or replace temp table member as
with valued as (
    select member.* exclude (value), told.value::text as value
    from temp.member as member
    left join published.city_attribute as told
        on told.city_id = member.city_id and told.attribute_id = getvariable('attribute')
),
sized as (
    select
        class,
        value,
        sum(a) as a,
        sum(b) as b,
        value is null or least(sum(a), sum(b)) < getvariable('least') as small
    from valued
    group by class, value
),
pooled as (
    select
        class,
        count(*) filter (small) > 0 and least(sum(a) filter (small), sum(b) filter (small)) < getvariable('least') as too_few
    from sized
    group by class
),
judged as (
    select
        class,
        sized.value,
        not small and not (
            too_few and row_number() over (partition by class order by small, least(a, b), sized.value) = 1
        ) as shown
    from sized
    join pooled using (class)
)
select
    valued.* exclude (class, value),
    hash(valued.class, if(shown, valued.value, null)) as class,
    if(shown, valued.value, null) as value
from valued
join judged
    on judged.class = valued.class and judged.value is not distinct from valued.value
