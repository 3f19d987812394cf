create or replace temp table cycle_spelling as
select
    spelled.cycle,
    coalesce(nullif(trim(spelled.cycle), ''), current_source.cycle) as means,
    if(means is null, 'blank cycle', null)::reason as reason
from (select distinct cycle from record) as spelled
cross join current_source
