-- One row per input answer set aside.
create table rejected (
    source_id usmallint,
    file text,
    row uinteger,
    "column" text,
    value text,
    reason reason,
    expected text
)
