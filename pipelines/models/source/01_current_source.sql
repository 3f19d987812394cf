-- The options of the batch that is being read: those of its last source, which all share.
create or replace temp view current_source as
select *
from loaded
where source_id = (select max(source_id) from loaded)
