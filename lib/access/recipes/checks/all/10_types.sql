-- A column's type lists every word that it may hold, so all must be those made here.
select table_name || '.' || column_name
from duckdb_columns()
where database_name = 'memory' and data_type like 'ENUM%'
    and data_type not in (
        select 'ENUM(' || list_aggregate(list_transform(labels, lambda label: '''' || replace(label, '''', '''''') || ''''), 'string_agg', ', ') || ')'
        from duckdb_types()
        where database_name = 'memory' and logical_type = 'ENUM'
    )
