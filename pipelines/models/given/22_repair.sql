-- One row per repair and source in which it fired; a repair that never fired has one row without a source.
create table repair (
    source_id usmallint,
    kind text,
    "from" text,
    "to" text,
    reason text,
    fired uinteger
)
