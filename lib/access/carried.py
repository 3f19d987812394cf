"""What the published database says about itself, carried over: macros, views, and the comments that the codebook reads.

Comments are the words of the pipeline and of the attributes' names; only those of columns that are here are carried.
"""

import duckdb

_MACROS = """
select function_name, parameters, macro_definition
from duckdb_functions()
where database_name = 'published' and schema_name = 'main' and function_type = 'macro'
order by function_oid
"""
_VIEWS = "select sql from duckdb_views() where database_name = 'published' and schema_name = 'main' order by view_oid"
_TABLE_COMMENTS = """
select published.table_name, published.comment
from (
    select table_name, comment from duckdb_tables() where database_name = 'published' and schema_name = 'main'
) as published
semi join (from duckdb_tables() where database_name = 'memory') as here using (table_name)
where published.comment is not null
"""
_COLUMN_COMMENTS = """
select told.table_name, told.column_name, told.comment
from (
    select table_name, column_name, comment
    from duckdb_columns()
    where database_name = 'published' and schema_name = 'main' and not internal
) as told
semi join (from duckdb_columns() where database_name = 'memory') as here using (table_name, column_name)
where told.comment is not null
"""


def carry_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """The rules for levels and intervals are made in one place, the pipeline; here they are repeated to the letter."""
    for name, parameters, body in connection.execute(_MACROS).fetchall():
        connection.execute(f"create macro {_name(name)}({', '.join(map(_name, parameters))}) as {body}")


def carry_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Views over tables that are here."""
    for (sql,) in connection.execute(_VIEWS).fetchall():
        connection.execute(sql)


def carry_comments(connection: duckdb.DuckDBPyConnection) -> None:
    """Say of every table and column here what the published database says of it."""
    tables = connection.execute(_TABLE_COMMENTS).fetchall()
    columns = connection.execute(_COLUMN_COMMENTS).fetchall()
    told = [f"comment on table {_name(table)} is {_text(text)}" for table, text in tables]
    told += [f"comment on column {_name(table)}.{_name(column)} is {_text(text)}" for table, column, text in columns]
    connection.execute(";".join(told))


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
