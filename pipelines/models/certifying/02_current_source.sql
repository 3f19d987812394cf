-- Only a city that is known will do.
create or replace temp view current_source as
select true as strict
