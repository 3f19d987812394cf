-- What every assessment answers, in one number; without an answer there is no assessment.
create temp table mask as
with masked as (
    select
        standard_id,
        cycle,
        stage,
        city_id,
        bit_xor(hash(criterion_id::text, status::text, credit::double)) as mask
    from published.response
    group by all
    having count(credit) > 0
)
select
    standard_id::text as standard_id,
    cycle::text as cycle,
    stage::text as stage,
    city_id::text as city_id,
    mask
from masked
