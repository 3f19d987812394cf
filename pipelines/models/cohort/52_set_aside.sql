-- One row per place in a file that was set aside. A record without a city takes all its answers with it: one place, and
-- so does a cell above the table of one city, and the name above a column of answers where criteria are rows.
create view set_aside as
with placed as (
    select
        rejected.* exclude (row),
        case
            when source.layout = 'one city' and regexp_matches("column", '^(.*!)?[A-Z]{1,3}[1-9][0-9]{0,6}$')
                then regexp_extract("column", '[0-9]+$')::uinteger
            when source.layout = 'one city' and "column" in ('FILE NAME', 'SHEET NAME') then 1::uinteger
            when source.layout = 'criteria as rows' and reason in ('blank city', 'unknown city')
                then min(rejected.row) over (partition by source_id, "column", rejected.value)
            else rejected.row
        end as row
    from rejected
    join source using (source_id)
)
select
    source_id,
    file,
    row,
    "column",
    value,
    reason,
    expected,
    count(*) as answers
from placed
group by all
