create temp table given_level (
    standard_id text,
    level text,
    position utinyint,
    minimum double,
    band text
)
