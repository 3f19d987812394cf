-- Blank takes the stage that the load was told, else self-reported.
create or replace temp table stage_spelling as
with spelled as (
    select
        record.stage,
        coalesce(replace(slug(record.stage), '-', '_'), current_source.stage, 'self_reported') as word
    from (select distinct stage from record) as record
    cross join current_source
)
select
    stage,
    case
        when word in ('self_reported', 'self_report', 'self_assessed', 'self_assessment', 'self') then 'self_reported'::stage
        when word in ('validated', 'validation') then 'validated'::stage
    end as means,
    if(means is null, 'unknown stage', null)::reason as reason
from spelled
