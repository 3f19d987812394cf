-- One row per city, cycle and stage under such a standard: which criteria are met, have an answer, or do not apply.
-- One pass over the answers; areas, families and scores are counted from it.
create temp table answer_mask as
select
    standard_id,
    city_id,
    cycle,
    stage,
    coalesce(bit_or(bit) filter (status = 'met'), 0) as met,
    coalesce(bit_or(bit) filter (credit is not null), 0) as answered,
    coalesce(bit_or(bit) filter (status = 'not_applicable'), 0) as not_applicable,
    max(updated_at) as updated_at
from response
join criterion_bit using (standard_id, criterion_id)
group by all
