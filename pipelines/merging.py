"""The rows that were built in memory take their places in a copy of the published database, attached as `base`."""

from collections.abc import Iterable, Mapping

import duckdb

from pipelines.codebook import write_codebook
from pipelines.layouts.quoting import identifier
from pipelines.statements import run_models

TABLES = "select schema_name, table_name from duckdb_tables() where database_name = 'base'"
WHOLE = ("source", "criterion_rate", "cycle", "publication")  # small, and built for all cities
OF_CITIES = ("city", "city_attribute", "attribute")
# Sorted types that grow with the data, by the column that is of such a type, and the values they are to have. DuckDB
# rewrites a column to grow its type.
GROWING = {
    "city_id": """
        select city_id as value
        from (select unnest(enum_range(null::base.city_id))::text as city_id union select city_id from city_shown)
        order by city_id
    """,
    "cycle_label": "select unnest(enum_range(null::cycle_label))::text as value",
}
COLUMN = {"city_id": "city_id", "cycle_label": "cycle"}
GREW = "select count(*) > len(enum_range(null::base.main.{type})) from grown"
GROW = "create type base.main.{type} as enum (select value from grown)"

Tables = Mapping[str, frozenset[str]]


def merge(connection: duckdb.DuckDBPyConnection, *, facts: bool) -> None:
    """Replace what was touched. `facts`: the attributes of all cities too."""
    tables = _sorted_columns(connection)
    by_city = [table for table, columns in tables.items() if {"standard_id", "city_id"} <= columns]
    for table in by_city:
        connection.execute(
            f"delete from base.{table} as old using old.touched"  # noqa: S608
            " where old.standard_id = touched.standard_id and old.city_id = touched.city_id"
        )
    for kind, values in GROWING.items():
        _grow(connection, kind, values, [table for table, columns in tables.items() if COLUMN[kind] in columns])
    run_models(connection, "merging")
    for table in by_city:
        connection.execute(f"insert into base.{table} by name from {table}")
    for table in WHOLE:
        replace_whole(connection, table)
    if facts:
        _replace_attributes(connection)


def replace_whole(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Have a table as it was built in memory."""
    connection.execute(f"delete from base.{table}")  # noqa: S608
    connection.execute(f"insert into base.{table} by name from main.{table}")


def _sorted_columns(connection: duckdb.DuckDBPyConnection) -> Tables:
    """The columns of sorted types by table. (Asking duckdb_columns() would write out every value of every type.)"""
    found = {}
    for schema, name in connection.execute(TABLES).fetchall():
        table = f"{schema}.{identifier(name)}"
        columns = connection.execute(f"from base.{table} limit 0").description or []
        found[table] = frozenset(column for column, kind, *_ in columns if kind.id == "enum")
    return found


def _grow(connection: duckdb.DuckDBPyConnection, kind: str, values: str, tables: Iterable[str]) -> None:
    """Give a sorted type the values that came with the new files."""
    connection.execute(f"create or replace temp table grown as {values}")
    if connection.execute(GREW.format(type=kind)).fetchall() == [(False,)]:
        return
    connection.execute(f"drop type base.main.{kind}")
    connection.execute(GROW.format(type=kind))
    for table in tables:
        connection.execute(f"alter table base.{table} alter column {COLUMN[kind]} type base.main.{kind}")


def _replace_attributes(connection: duckdb.DuckDBPyConnection) -> None:
    """All attributes of all cities, with their words in the codebook."""
    for table in OF_CITIES:
        connection.execute(f"drop table base.{table}")
    connection.execute("drop type base.main.attribute_value")
    connection.execute(
        "create type base.main.attribute_value as enum (select unnest(enum_range(null::attribute_value)::text[]))"
    )
    for table in OF_CITIES:
        connection.execute(f"create table base.{table} as from main.{table}")
    connection.execute("use base")
    write_codebook(connection)
    connection.execute("use memory")
