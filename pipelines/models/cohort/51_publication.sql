-- One row: which build this is.
create table publication as
select
    version,
    built_at,
    synthetic,
    pipeline_version,
    library_version as duckdb_version
from given_publication
cross join pragma_version()
