insert into answer
select
    source_id,
    row,
    standard_no,
    city_no,
    cycle_no,
    stage_means,
    criterion_no,
    status,
    credit,
    nullif(trim(evidence), ''),
    date_means
from judged
cross join current_source
where reason is null
