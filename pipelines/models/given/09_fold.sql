-- Text as people mean it: case, accents and spaces do not count; blank is null.
create temp macro fold(words) as (
    nullif(trim(regexp_replace(lower(strip_accents(words)), '[\s\x{A0}]+', ' ', 'g')), '')
)
