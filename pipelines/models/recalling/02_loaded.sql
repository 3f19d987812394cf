-- The sources that the published database holds: their answers are not read again.
insert into loaded by name
select
    source_id,
    0 as batch,
    file,
    sha256,
    loaded_at,
    standard_id,
    standard.position as standard_no,
    source.cycle,
    source.stage,
    layout,
    synthetic,
    rows,
    answers
from base.source
join base.standard using (standard_id)
order by source_id
