-- The published database, the workings and the tables that nobody listed: none of it may be left.
select database_name || '.' || table_name
from duckdb_tables()
where database_name <> 'memory'
    or temporary
    or table_name not in (
        'standard', 'area', 'criterion', 'level', 'boundary', 'prerequisite', 'family', 'family_criterion', 'crosswalk',
        'cycle', 'rejected', 'repair', 'source', 'publication', 'certification', 'certified_attribute',
        'attribute', 'city', 'city_attribute',
        'assessment', 'response', 'area_score', 'family_score', 'city_score', 'criterion_rate', 'block', 'block_member',
        'block_attribute', 'block_answer', 'block_score', 'block_change'
    )
union all
select database_name from duckdb_databases() where database_name not in ('memory', 'system', 'temp')
