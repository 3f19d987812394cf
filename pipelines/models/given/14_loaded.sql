-- One row per source, in order of loading: its options, what its headers are called, and how much is in it. Sources of
-- one batch are read and judged together; their options are the same.
create temp table loaded (
    source_id usmallint,
    batch usmallint,
    file text,
    sha256 text,
    loaded_at timestamp,
    standard_id text,
    standard_no utinyint,
    cycle text,
    stage text,
    layout text,
    synthetic boolean,
    strict boolean,
    city_header text,
    cycle_header text,
    stage_header text,
    criterion_header text,
    answer_header text,
    date_header text,
    rows uinteger,
    answers uinteger
)
