-- One row per fix of the cells that are being mended: where, what is expected to stand there, and how it is to be read.
-- `header` is the criterion or the column of an answer; null where the record's row says enough.
create temp table fix (
    place_told text,
    source_id usmallint,
    row uinteger,
    header text,
    "from" text,
    "to" text,
    reason text
)
