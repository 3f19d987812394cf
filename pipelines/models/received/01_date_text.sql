-- Every spelling of a date in this batch.
create or replace temp table date_text as
select distinct updated_at
from record
