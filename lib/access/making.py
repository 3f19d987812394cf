"""Makes the database that one viewer may see, in memory, from the published one; nothing else of that is left in it."""

from hashlib import sha256
from pathlib import Path

import duckdb

from lib.access.carried import carry_comments, carry_macros, carry_views
from lib.access.classes import cut
from lib.access.key import key
from lib.access.statements import RECIPES, bind, run, statement
from lib.viewer import CITY, RESEARCHER, Viewer
from lib.warehouse import LOCKED

BLOCK_LEAST, SHOWN_LEAST = 6, 10
"""Cities in a block, so that five others remain without the viewer's own; and cities that share what is shown in the
research view."""

_CERTIFIED = "select 1 from duckdb_tables() where database_name = 'published' and table_name = 'certification'"
_WORKINGS = "select table_name from duckdb_tables() where temporary"
_FEW_OWN = "select count(*) = 0 from temp.own"


class NotSafeError(Exception):
    """The finished database holds what it must not, or there is nothing to make it from."""


def made(viewer: Viewer, published: Path) -> duckdb.DuckDBPyConnection:
    """The database, in memory and locked. Raises NotSafeError or a duckdb.Error, whose text may hold names."""
    connection = duckdb.connect(":memory:", config={"temp_directory": ""})
    try:
        _fill(connection, viewer, published)
        _clear(connection)
        _check(connection)
        _lock(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _fill(connection: duckdb.DuckDBPyConnection, viewer: Viewer, published: Path) -> None:
    quoted = str(published).replace("'", "''")
    connection.execute(f"attach '{quoted}' as published (read_only)")
    connection.execute("begin")
    _common(connection)
    if viewer.role == CITY:
        _city(connection, viewer)
    elif viewer.role == RESEARCHER:
        _research(connection)
    else:
        run(connection, "public", {"least": SHOWN_LEAST})
    run(connection, "ended", {"suffix": f"-{viewer.role}{_whose(viewer)}"})
    carry_views(connection)
    carry_comments(connection)
    connection.execute("commit")


def _clear(connection: duckdb.DuckDBPyConnection) -> None:
    """Let go of the published file and of the workings, which name everybody."""
    for (table,) in connection.execute(_WORKINGS).fetchall():
        connection.execute(f"drop table temp.{table}")
    connection.execute("detach published")


def _common(connection: duckdb.DuckDBPyConnection) -> None:
    run(connection, "words", {})
    carry_macros(connection)
    listed = connection.execute(_CERTIFIED).fetchall()
    bind(connection, statement("certified", "given" if listed else "nobody"), {})
    run(connection, "announced", {})


def _city(connection: duckdb.DuckDBPyConnection, viewer: Viewer) -> None:
    bind(connection, statement("city", "own"), {"own": list(viewer.cities)})
    if connection.execute(_FEW_OWN).fetchall()[0][0]:
        raise NotSafeError("none of the viewer's cities is in the database")
    cut(connection, "seats", BLOCK_LEAST)
    run(connection, "whole", {})
    run(connection, "blocks", {"key": key(), "viewer": _named(viewer), "least": BLOCK_LEAST})


def _research(connection: duckdb.DuckDBPyConnection) -> None:
    cut(connection, "everyone", SHOWN_LEAST)
    run(connection, "research", {"key": key(), "least": SHOWN_LEAST})


def _named(viewer: Viewer) -> str:
    return "\x1f".join(sorted(viewer.cities))


def _whose(viewer: Viewer) -> str:
    """Tells one city's versions from another's, without saying which city."""
    return f"-{sha256(f'{key()}{_named(viewer)}'.encode()).hexdigest()[:6]}" if viewer.cities else ""


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    """Ask what must have no answer of the finished database."""
    for path in sorted((RECIPES / "checks").glob("*.sql")):
        found = connection.execute(path.read_text(encoding="utf-8")).fetchall()
        if found:
            raise NotSafeError(f"{path.stem}: {len(found)} found")


def _lock(connection: duckdb.DuckDBPyConnection) -> None:
    for name, value in LOCKED.items():
        if name != "temp_directory":  # set at birth: it cannot be changed once files are out of reach
            connection.execute(f"set {name} = {value!r}" if isinstance(value, str) else f"set {name} = {value}")
