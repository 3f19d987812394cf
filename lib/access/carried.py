"""What the published database says about itself, carried over: types, macros, views, and what the codebook reads.

Comments are the words of the pipeline and of the attributes' names; only those of columns that are here are carried.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator

import duckdb

from lib.access.statements import statement, statements

_VERSION = "select version from published.publication"
# The words of the standards and the pipeline's own, which everybody may know, in their order: no names and no values. A
# type with the same words is the same type, so tables of these words are copied without a conversion.
_TYPES = """
select type_name, labels
from duckdb_types()
where database_name = 'published' and type_name in (
    'standard_id', 'area_id', 'criterion_id', 'family_id', 'cycle_label', 'stage', 'status', 'reason'
)
"""
_CERTIFIED = "select 1 from duckdb_tables() where database_name = 'published' and table_name = 'certification'"
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
_MOST = 32
"""What was written for a version and a role, so that the next viewer of the kind need not ask for it: a third of the
time that making a small database takes."""


def carry_types(connection: duckdb.DuckDBPyConnection, role: str) -> None:
    """The types whose words everybody may know."""

    def write() -> Iterator[str]:
        for name, labels in connection.execute(_TYPES).fetchall():
            yield f"create type {_name(name)} as enum ({', '.join(map(_text, labels))})"

    _carry(connection, role, "types", write)


def carry_certified(connection: duckdb.DuckDBPyConnection, role: str) -> None:
    """Who was announced as certified: temp.certified, without a row where no list was loaded."""

    def write() -> Iterator[str]:
        yield statement("certified", "given" if connection.execute(_CERTIFIED).fetchall() else "nobody")

    _carry(connection, role, "certified", write)


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
    """Say of each table and column what the published database says of it, or what we say of those that it lacks."""

    def write() -> Iterator[str]:
        for table, text in connection.execute(_TABLE_COMMENTS).fetchall():
            yield f"comment on table {_name(table)} is {_text(text)}"
        for table, column, text in connection.execute(_COLUMN_COMMENTS).fetchall():
            yield f"comment on column {_name(table)}.{_name(column)} is {_text(text)}"
        yield from (sql for _, sql in statements(f"told/{role}"))

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
