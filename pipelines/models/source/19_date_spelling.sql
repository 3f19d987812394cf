-- The formats that a mapping tells first, then ISO, then those of survey tools; the order of day and month in dates with
-- slashes or dashes is decided before, by the dates themselves. A date needs a digit: DuckDB also reads the words epoch and infinity.
create or replace temp table date_spelling as
select
    date_text.updated_at,
    regexp_replace(trim(date_text.updated_at), '\s*\(?(GMT|UTC)([+-][0-9:]+)?\)?$', '') as text,
    case when regexp_matches(text, '[0-9]') then coalesce(
        try_strptime(text, getvariable('date_formats')),
        try_cast(text as timestamp),
        try_strptime(text, getvariable('slash_formats')),
        try_strptime(text, [
            '%d.%m.%Y %H:%M:%S', '%d.%m.%Y %H:%M', '%d.%m.%Y', '%Y/%m/%d %I:%M:%S %p', '%d %B %Y', '%d %b %Y', '%d-%b-%Y',
            '%d-%b-%y', '%B %d, %Y', '%b %d, %Y', '%B %d, %Y %I:%M %p', '%b %d, %Y %I:%M %p', '%B %d, %Y %I:%M%p',
            '%b %d, %Y %I:%M%p', '%Y%m%d'
        ])
    ) end as means,
    if(means is null and fold(date_text.updated_at) is not null, 'invalid date', null)::reason as reason
from date_text
