"""The codebook in the database: a comment on every table and column, for any client to read."""

import tomllib
from pathlib import Path

import duckdb

from pipelines.layouts.quoting import identifier, literal

CODEBOOK = Path(__file__).parent / "codebook.toml"
# The words of the people who named the attribute; a name alone would say nothing that the column's does not.
ATTRIBUTES = """
    select
        attribute_id,
        name || ' of the ' || (select if(count(distinct noun) = 1, min(noun), 'organisation') from standard)
            || if(attribute_id in (select attribute_id from given_band), ', by its number', ', as the files tell it')
    from attribute
"""


def write_codebook(connection: duckdb.DuckDBPyConnection) -> None:
    """Comment on everything published. KeyError for a column that codebook.toml does not tell: add it there."""
    words = tomllib.loads(CODEBOOK.read_text(encoding="utf-8"))
    attributes = dict(connection.execute(ATTRIBUTES).fetchall())
    columns = connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns()"
        " where database_name = current_database() and not internal"
    ).fetchall()
    for schema, table in dict.fromkeys((schema, table) for schema, table, _ in columns):
        connection.execute(f"comment on table {schema}.{identifier(table)} is {literal(words[table]['table'])}")
    for schema, table, column in columns:
        told = {**words["shared"], **(attributes if table == "city" else {}), **words[table]}
        place = f"{schema}.{identifier(table)}.{identifier(column)}"
        connection.execute(f"comment on column {place} is {literal(told[column])}")
