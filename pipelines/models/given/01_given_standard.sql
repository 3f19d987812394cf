create temp table given_standard (
    standard_id text,
    name text,
    version text,
    valid_from text,
    source text,
    noun text,
    noun_plural text,
    aggregation text,
    position utinyint
)
