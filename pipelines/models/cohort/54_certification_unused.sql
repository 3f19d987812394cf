-- One row per line of such a list that means no city, cycle or level of this database.
create table workings.certification_unused (
    file text,
    row uinteger,
    reason text,
    value text
)
