-- One row per file loaded, in order of loading, with what became of its answers.
create table source as
select
    source_id,
    file,
    sha256,
    loaded_at,
    standard_id::standard_id as standard_id,
    cycle,
    stage::stage as stage,
    layout,
    synthetic,
    rows,
    loaded.answers,
    (coalesce(kept.answers, 0) + coalesce(source_elsewhere.accepted, 0))::uinteger as accepted,
    (coalesce(replaced.answers, 0) + coalesce(source_elsewhere.superseded, 0))::uinteger as superseded,
    (coalesce(set_aside.answers, 0) + coalesce(source_elsewhere.rejected, 0))::uinteger as rejected
from loaded
left join (select source_id, count(*) as answers from response group by all) as kept using (source_id)
left join (select source_id, count(*) as answers from superseded group by all) as replaced using (source_id)
left join (select source_id, count(*) as answers from rejected group by all) as set_aside using (source_id)
left join source_elsewhere using (source_id)
order by source_id
