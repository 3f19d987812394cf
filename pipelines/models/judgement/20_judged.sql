-- One row per input answer: what it means, and the first reason to set it aside.
create or replace temp view judged as
select
    record.row,
    record."column",
    record.city_id,
    record.city,
    record.cycle,
    record.stage,
    record.criterion,
    record.answer,
    record.evidence,
    record.updated_at,
    city_known.city_no,
    cycle_known.cycle_no,
    stage_spelling.means as stage_means,
    criterion_spelling.criterion_no,
    answer_spelling.status,
    answer_spelling.credit,
    date_spelling.means as date_means,
    coalesce(
        city_spelling.reason,
        cycle_spelling.reason,
        stage_spelling.reason,
        criterion_spelling.reason,
        answer_spelling.reason,
        date_spelling.reason
    ) as reason
from record
left join city_spelling
    on city_spelling.city_id is not distinct from record.city_id
    and city_spelling.city is not distinct from record.city
left join city_known on city_known.id_key = fold(city_spelling.means)
left join cycle_spelling on cycle_spelling.cycle is not distinct from record.cycle
left join cycle_known on cycle_known.cycle = cycle_spelling.means
left join stage_spelling on stage_spelling.stage is not distinct from record.stage
left join criterion_spelling on criterion_spelling.criterion is not distinct from record.criterion
left join answer_spelling on answer_spelling.answer is not distinct from record.answer
left join date_spelling on date_spelling.updated_at is not distinct from record.updated_at
