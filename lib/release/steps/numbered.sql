-- What was told stays told: the same answers under the same numbers of their assessments.
insert into released.saying
select row_number() over (), criterion_id, status, credit
from released.worded
group by criterion_id, status, credit;
insert into released.answer
select number, code
from released.worded as worded
join released.saying as saying
    on saying.criterion_id = worded.criterion_id
    and saying.status = worded.status
    and saying.credit is not distinct from worded.credit;
drop table released.worded
