-- The sources of the batch that is being read.
create or replace temp view batch_source as
select source_id
from loaded
where batch = (select max(batch) from loaded)
