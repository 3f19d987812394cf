-- The same for pass rates: one row per cycle, stage and criterion with assessments that this build leaves as they are.
create temp table rate_elsewhere (
    standard_id text,
    cycle text,
    stage stage,
    criterion_id text,
    met bigint,
    answered bigint,
    asked bigint
)
