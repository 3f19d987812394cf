-- A sort key that puts "Cycle 10" after "Cycle 9".
create temp macro sort_key(label) as (
    list_transform(
        regexp_extract_all(label, '[0-9]+|[^0-9]+'),
        lambda part: if(regexp_matches(part, '^[0-9]'), lpad(part, 12, '0'), part)
    )
)
