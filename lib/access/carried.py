"""What the published database says about itself, carried over: macros, views, and the comments that the codebook reads.

Comments are the words of the pipeline and of the attributes' names; only those of columns that are here are carried.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator

import duckdb

_VERSION = "select version from published.publication"
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


_written: OrderedDict[tuple[str, ...], str] = OrderedDict()
_MOST = 16
"""What was written for a version and a role, so that the next viewer of the kind need not ask for it: a third of the
time that making a small database takes."""


def carry_macros(connection: duckdb.DuckDBPyConnection, role: str) -> None:
    """The rules for levels and intervals are made in one place, the pipeline; here they are repeated to the letter."""

    def write() -> Iterator[str]:
        for name, parameters, body in connection.execute(_MACROS).fetchall():
            yield f"create macro {_name(name)}({', '.join(map(_name, parameters))}) as {body}"

    _carry(connection, role, "macros", write)


def carry_views(connection: duckdb.DuckDBPyConnection, role: str) -> None:
    """Views over tables that are here."""
    _carry(connection, role, "views", lambda: (sql for (sql,) in connection.execute(_VIEWS).fetchall()))


def carry_comments(connection: duckdb.DuckDBPyConnection, role: str) -> None:
    """Say of every table and column here what the published database says of it."""

    def write() -> Iterator[str]:
        for table, text in connection.execute(_TABLE_COMMENTS).fetchall():
            yield f"comment on table {_name(table)} is {_text(text)}"
        for table, column, text in connection.execute(_COLUMN_COMMENTS).fetchall():
            yield f"comment on column {_name(table)}.{_name(column)} is {_text(text)}"

    _carry(connection, role, "comments", write)


def _carry(connection: duckdb.DuckDBPyConnection, role: str, what: str, write: Callable[[], Iterator[str]]) -> None:
    """Execute what `write` gives, written once per version and role."""
    known = (str(connection.execute(_VERSION).fetchall()[0][0]), role, what)
    if known not in _written:
        _written[known] = ";\n".join(write())
        if len(_written) > _MOST:
            _written.popitem(last=False)
    connection.execute(_written[known])


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
