-- The words of the standards and the pipeline's own, which everybody may know, in their order. A type with the same
-- words is the same type, so tables of these words are copied without a conversion.
create type standard_id as enum (
    select unnest(labels) from duckdb_types() where database_name = 'published' and type_name = 'standard_id'
);
create type area_id as enum (
    select unnest(labels) from duckdb_types() where database_name = 'published' and type_name = 'area_id'
);
create type criterion_id as enum (
    select unnest(labels) from duckdb_types() where database_name = 'published' and type_name = 'criterion_id'
);
create type family_id as enum (
    select unnest(labels) from duckdb_types() where database_name = 'published' and type_name = 'family_id'
);
create type cycle_label as enum (
    select unnest(labels) from duckdb_types() where database_name = 'published' and type_name = 'cycle_label'
);
create type stage as enum (
    select unnest(labels) from duckdb_types() where database_name = 'published' and type_name = 'stage'
);
create type status as enum (
    select unnest(labels) from duckdb_types() where database_name = 'published' and type_name = 'status'
);
create type reason as enum (
    select unnest(labels) from duckdb_types() where database_name = 'published' and type_name = 'reason'
)
