insert into source_elsewhere
select
    source_id,
    accepted - coalesce(counted, 0),
    superseded,
    rejected
from base.source
left join (select source_id, count(*) as counted from old.response group by all) as touched using (source_id)
