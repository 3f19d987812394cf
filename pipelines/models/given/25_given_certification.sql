-- One row per line of the lists of published certifications, everything as received; the lists in order of giving.
create temp table given_certification (
    source_id usmallint,
    file text,
    row uinteger,
    standard_id text,
    city_id text,
    city text,
    state text,
    cycle text,
    level text,
    updated_at text
)
