-- Every spelling of an answer in this batch.
create or replace temp table answer_text as
select distinct answer
from record
