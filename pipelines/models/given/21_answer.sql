-- One row per input answer, in order of loading; those with a reason are set aside. Numbers stand for ids: city_no of
-- city_known, cycle_no of cycle_known, criterion_no = the criterion's position in its standard.
create temp table answer (
    source_id usmallint,
    place uinteger,
    row uinteger,
    standard_no utinyint,
    city_no uinteger,
    cycle_no usmallint,
    stage stage,
    criterion_no usmallint,
    status status,
    credit double,
    evidence text,
    updated_at timestamp,
    reason reason
)
