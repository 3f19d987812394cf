-- A column's type lists every word that it may hold, so all must be those made here.
with told as (
    select distinct
        table_name,
        column_name,
        data_type
    from duckdb_columns()
    where database_name = 'memory' and data_type like 'ENUM%'
),
made as (
    select
        'ENUM('
        || array_to_string(list_transform(labels, lambda label: '''' || replace(label, '''', '''''') || ''''), ', ')
        || ')' as data_type
    from duckdb_types()
    where database_name = 'memory' and labels is not null
)
select table_name || '.' || column_name
from told
anti join made using (data_type)
