-- The answers that count so far stand again for decision. What they replaced cannot come back: every other source is
-- newer than theirs, or the file is loaded with everything.
insert into answer by name
select
    response.source_id,
    0 as place,
    response.row,
    standard.position as standard_no,
    city_no,
    cycle_no,
    stage,
    criterion.position as criterion_no,
    coalesce(blocked.status, response.status) as status,
    if(blocked.status is null, response.credit, blocked.credit) as credit,
    response.evidence,
    response.updated_at
from old.response
left join base.workings.blocked using (standard_id, city_id, cycle, stage, criterion_id)
join base.standard using (standard_id)
join base.criterion using (standard_id, criterion_id)
join city_known on city_known.city_id = response.city_id::text
join cycle_known on cycle_known.cycle = response.cycle::text
