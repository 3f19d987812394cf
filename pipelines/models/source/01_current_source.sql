-- The source that is being read: the last one.
create or replace temp view current_source as
select *
from loaded
where source_id = (select max(source_id) from loaded)
