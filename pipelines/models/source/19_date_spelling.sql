-- The layout's own formats first, then ISO, then the formats survey tools write; month before day where both fit.
-- A date needs a digit: DuckDB also reads the words epoch and infinity.
create or replace temp table date_spelling as
select
    spelled.updated_at,
    case when regexp_matches(spelled.updated_at, '[0-9]') then coalesce(
        try_strptime(trim(spelled.updated_at), getvariable('date_formats')),
        try_cast(trim(spelled.updated_at) as timestamp),
        try_strptime(trim(spelled.updated_at), [
            '%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y',
            '%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y',
            '%d.%m.%Y %H:%M:%S', '%d.%m.%Y %H:%M', '%d.%m.%Y',
            '%d %B %Y', '%d %b %Y', '%B %d, %Y', '%b %d, %Y', '%Y%m%d'
        ])
    ) end as means,
    if(means is null and fold(spelled.updated_at) is not null, 'invalid date', null)::reason as reason
from (select distinct updated_at from record) as spelled
