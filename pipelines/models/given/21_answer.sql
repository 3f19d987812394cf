-- One row per input answer that is not rejected, in order of loading. Numbers stand for ids: city_no of
-- city_known, cycle_no of cycle_known, criterion_no = the criterion's position in its standard.
create temp table answer (
    source_id usmallint,
    row uinteger,
    standard_no utinyint,
    city_no uinteger,
    cycle_no usmallint,
    stage stage,
    criterion_no usmallint,
    status status,
    credit double,
    evidence text,
    updated_at timestamp
)
