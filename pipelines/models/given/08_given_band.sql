-- Bands of a number: a value belongs to the last band whose lower bound it reaches.
create temp table given_band (
    attribute_id text,
    name text,
    number_id text,
    band text,
    lower_bound double,
    position usmallint
)
