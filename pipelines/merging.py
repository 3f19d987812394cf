"""The rows that were built in memory take their places in a copy of the published database, attached as `base`."""

import duckdb

from pipelines.codebook import write_codebook
from pipelines.layouts.quoting import identifier
from pipelines.statements import run_models

# Tables with one row or more per city and standard: all rows of a touched city are built again.
BY_CITY = """
    select schema_name, table_name
    from duckdb_columns()
    join duckdb_tables() using (database_name, schema_name, table_name)
    where database_name = 'base' and column_name in ('standard_id', 'city_id') and data_type like 'ENUM%'
    group by all
    having count(*) = 2
"""
WHOLE = ("source", "criterion_rate", "cycle", "publication")  # small, and built for all cities
OF_CITIES = ("city", "city_attribute", "attribute")
# Sorted types that grow with the data, and the columns of such a type. DuckDB rewrites a column to grow its type.
GROWING = {"city_id": "city_id", "cycle": "cycle_label"}
GROWN = "select len(enum_range(null::{type})) <> len(enum_range(null::base.main.{type}))"
GROW = "create type base.main.{type} as enum (select unnest(enum_range(null::{type})::text[]))"
TYPED = """
    select schema_name, table_name
    from duckdb_columns()
    join duckdb_tables() using (database_name, schema_name, table_name)
    where database_name = 'base' and column_name = '{column}' and data_type like 'ENUM%'
"""


def merge(connection: duckdb.DuckDBPyConnection, *, facts: bool) -> None:
    """Replace what was touched. `facts`: the attributes of all cities too."""
    by_city = [f"{schema}.{identifier(table)}" for schema, table in connection.execute(BY_CITY).fetchall()]
    for table in by_city:
        connection.execute(
            f"delete from base.{table} as old using old.touched"  # noqa: S608
            " where old.standard_id = touched.standard_id and old.city_id = touched.city_id"
        )
    for column, kind in GROWING.items():
        _grow(connection, column, kind)
    run_models(connection, "merging")
    for table in by_city:
        connection.execute(f"insert into base.{table} by name from {table}")
    for table in WHOLE:
        connection.execute(f"delete from base.{table}")  # noqa: S608
        connection.execute(f"insert into base.{table} by name from main.{table}")
    if facts:
        _replace_attributes(connection)


def _grow(connection: duckdb.DuckDBPyConnection, column: str, kind: str) -> None:
    """Give a sorted type the values that came with the new files."""
    if connection.execute(GROWN.format(type=kind)).fetchall() == [(False,)]:
        return
    columns = connection.execute(TYPED.format(column=column)).fetchall()
    connection.execute(f"drop type base.main.{kind}")
    connection.execute(GROW.format(type=kind))
    for schema, table in columns:
        connection.execute(f"alter table base.{schema}.{identifier(table)} alter column {column} type base.main.{kind}")


def _replace_attributes(connection: duckdb.DuckDBPyConnection) -> None:
    """All attributes of all cities, with their words in the codebook."""
    for table in OF_CITIES:
        connection.execute(f"drop table base.{table}")
    connection.execute("drop type base.attribute_value")
    connection.execute(GROW.format(type="attribute_value"))
    for table in OF_CITIES:
        connection.execute(f"create table base.{table} as from main.{table}")
    connection.execute("use base")
    write_codebook(connection)
    connection.execute("use memory")
