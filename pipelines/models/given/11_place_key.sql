-- What two spellings of a place have in common: letters and digits. "Alder Falls, OH" and "alder falls (oh)" are one.
create temp macro place_key(words) as (
    nullif(regexp_replace(fold(words), '[^\p{L}\p{N}]+', '', 'g'), '')
)
