"""Which attributes of a city may be shown: those that enough others share, together with all else that is shown.

Classes are split by one attribute after the other. Works on `temp.member` (one row per city: `a` and `b`, its stages,
and `class`) and leaves what may be shown in `temp.shown`, one row per city and attribute.
"""

import duckdb

from lib.access.statements import bind, statement


def cut(connection: duckdb.DuckDBPyConnection, start: str, least: int) -> None:
    """Begin with the members of classes/<start>.sql and split them so that at least `least` share a class."""
    bind(connection, statement("classes", start), {"least": least})
    bind(connection, statement("classes", "shown"), {})
    for (attribute,) in connection.execute(statement("classes", "attributes")).fetchall():
        for step in ("split", "keep"):
            bind(connection, statement("classes", step), {"attribute": attribute, "least": least})
