create temp table given_area (
    standard_id text,
    area_id text,
    name text,
    position utinyint
)
