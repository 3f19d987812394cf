create temp table given_criterion (
    standard_id text,
    criterion_id text,
    area_id text,
    short_name text,
    text text,
    position usmallint,
    weight double,
    reworded_later boolean
)
