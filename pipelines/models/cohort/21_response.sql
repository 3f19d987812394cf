-- One row per criterion that a city was asked in a cycle at a stage: the answer that counts.
create table response as
select
    criterion.standard_id,
    city_code.city_id,
    cycle_code.cycle,
    answer.stage,
    criterion.criterion_id,
    answer.status,
    answer.credit,
    answer.evidence,
    answer.updated_at,
    answer.source_id,
    answer.row
from answer
join standard on standard.position = answer.standard_no
join criterion on criterion.standard_id = standard.standard_id and criterion.position = answer.criterion_no
join city_code using (city_no)
join cycle_code using (cycle_no)
anti join superseded on superseded.answer_row = answer.rowid
where reason is null
