-- What each input answer means, and the first reason to set it aside.
insert into answer
select
    record.source_id,
    record.place,
    record.row,
    current_source.standard_no,
    city_meant.city_no,
    cycle_meant.cycle_no,
    stage_spelling.means,
    criterion_spelling.criterion_no,
    answer_spelling.status,
    answer_spelling.credit,
    nullif(record.evidence, ''),
    date_spelling.means,
    coalesce(
        city_meant.reason,
        cycle_meant.reason,
        stage_spelling.reason,
        criterion_spelling.reason,
        answer_spelling.reason,
        date_spelling.reason
    )
from record
cross join current_source
left join city_meant
    on city_meant.city_id is not distinct from record.city_id
    and city_meant.city is not distinct from record.city
    and city_meant.state is not distinct from record.state
left join cycle_meant on cycle_meant.cycle is not distinct from record.cycle
left join stage_spelling on stage_spelling.stage is not distinct from record.stage
left join criterion_spelling on criterion_spelling.criterion is not distinct from record.criterion
left join answer_spelling on answer_spelling.answer is not distinct from record.answer
left join date_spelling on date_spelling.updated_at is not distinct from record.updated_at
