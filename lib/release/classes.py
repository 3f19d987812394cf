"""Which attributes of a city may be shown: those that enough others share, together with all else that is shown.

Classes are split by one attribute after the other. Works on `temp.member` (one row per city: `a` and `b`, its stages,
and `class`) and leaves what may be shown in `temp.shown`, one row per city and attribute.
"""

import duckdb

from lib.release.running import give, step


def cut(connection: duckdb.DuckDBPyConnection, least: int) -> None:
    """Split the classes that the members begin in so that at least `least` share one."""
    give(connection, least=least)
    step(connection, "shown")
    step(connection, "attributes")
    for (attribute,) in connection.execute("from temp.splitting").fetchall():
        give(connection, attribute=attribute)
        step(connection, "split")
        step(connection, "keep")
