insert into workings.certification_unused
select
    file,
    row,
    fault,
    case fault
        when 'unknown city' then written_city
        when 'unknown cycle' then written_cycle
        when 'unknown level' then written_level
        when 'invalid date' then written_date
        else written_city
    end
from certified_line
where fault is not null
order by source_id, row
