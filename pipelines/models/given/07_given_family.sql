create temp table given_family (
    standard_id text,
    family_id text,
    name text,
    description text,
    position utinyint
)
