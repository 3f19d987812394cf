-- An answer earns what its status says, and no answer earns nothing, not zero.
select standard_id, city_id, cycle, stage, criterion_id, status, credit
from response
where case status
    when 'met' then credit is distinct from 1
    when 'partly_met' then credit is null or credit <= 0 or credit >= 1
    when 'not_met' then credit is distinct from 0
    when 'blocked' then credit is distinct from 0
    else credit is not null
end
