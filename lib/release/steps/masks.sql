-- What every assessment answers, in one number; without an answer there is no assessment. Its keys are those of this
-- version, so that the many answers behind it are found without comparing texts.
create temp table answered as
select
    standard_id,
    cycle,
    stage,
    city_id,
    bit_xor(hash(criterion_id::text, status::text, credit::double)) as mask
from published.response
group by all
having count(credit) > 0;
create temp view mask as
select
    standard_id::text as standard_id,
    cycle::text as cycle,
    stage::text as stage,
    city_id::text as city_id,
    mask
from temp.answered
