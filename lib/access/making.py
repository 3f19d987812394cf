"""Makes the database that one viewer may see, in memory, from the published one; nothing else of that is left in it."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import duckdb

from lib.access.carried import carry_certified, carry_comments, carry_macros, carry_types, carry_views
from lib.access.ground import attach, attach_release, ground_of
from lib.access.key import key
from lib.access.statements import bind, run, statements
from lib.release import LEAST as LEAST_IN_BLOCK
from lib.release import cut
from lib.viewer import CITY, PUBLIC, RESEARCHER, Viewer, told_of_certified
from lib.warehouse import LOCKED

LEAST: Mapping[str, int] = {CITY: LEAST_IN_BLOCK, RESEARCHER: 10, PUBLIC: 10}
"""Cities in a block, so that five others remain without the viewer's own; cities that share what is shown of one in the
research view; and answers behind a public rate."""

# One thread makes a small database faster than several that wait for each other.
_SMALL: dict[str, str | bool | int | float | list[str]] = {"temp_directory": "", "threads": 1}
_LARGE = "select 1 from duckdb_tables() where table_name = 'response' and estimated_size > 300000"
_WORKINGS = "select table_name from duckdb_tables() where temporary"
_OWN = ("10_types", "20_whole", "30_response")
_NO_OWN = "select count(*) = 0 from temp.own"
_LIMITED = (CITY, PUBLIC)


class NotSafeError(Exception):
    """The finished database holds what it must not, or there is nothing to make it from."""


def made(viewer: Viewer, published: Path, *, told: bool = True) -> duckdb.DuckDBPyConnection:
    """The database, in memory and locked; `told`: with the comments that the codebook reads.

    Raises NotSafeError or a duckdb.Error, whose text may hold names.
    """
    connection = duckdb.connect(":memory:", config=_SMALL)
    try:
        _fill(connection, viewer, published, told=told)
        _clear(connection)
        _check(connection, viewer.role)
        _lock(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _fill(connection: duckdb.DuckDBPyConnection, viewer: Viewer, published: Path, *, told: bool) -> None:
    attach(connection, published)
    limited = viewer.role in _LIMITED
    if limited:
        attach_release(connection, published)
    connection.execute("begin")
    _common(connection, viewer.role, told=told)
    (_city if viewer.role == CITY else _stranger)(connection, viewer, published)
    run(connection, "ended", {"suffix": f"-{viewer.role}{_whose(viewer)}"})
    if limited:
        run(connection, "limited", {})
    carry_views(connection, viewer.role)
    if told:
        carry_comments(connection, viewer.role)
    connection.execute("commit")


def _clear(connection: duckdb.DuckDBPyConnection) -> None:
    """Let go of the published file, its release and the workings, which name everybody."""
    connection.execute("detach published")
    connection.execute("detach database if exists released")
    for (table,) in connection.execute(_WORKINGS).fetchall():
        connection.execute(f"drop table temp.{table}")


def _common(connection: duckdb.DuckDBPyConnection, role: str, *, told: bool) -> None:
    carry_types(connection, role)
    run(connection, "words", {})
    carry_macros(connection, role)
    carry_certified(connection, role)
    run(connection, "announced", {"told": list(told_of_certified())})
    if told:
        run(connection, "told/certified", {})


def _city(connection: duckdb.DuckDBPyConnection, viewer: Viewer, published: Path) -> None:
    """The viewer's own cities whole, and what they may know of the others from the ground that all viewers share."""
    run(connection, "own", {"own": list(viewer.cities)})
    if connection.execute(_NO_OWN).fetchall()[0][0]:
        raise NotSafeError("none of the viewer's cities is in the database")
    ground = ground_of(published)
    if ground.large:
        connection.execute("reset threads")
    handed = ground.handed(viewer, _named(viewer))
    for name, sql in statements(CITY):
        if name in _OWN:
            bind(connection, sql, {"shown": list(handed.shown)})
    for name, table in handed.tables.items():
        connection.register(f"handed_{name}", table)
    run(connection, "handed", {})
    for name in handed.tables:
        connection.unregister(f"handed_{name}")


def _stranger(connection: duckdb.DuckDBPyConnection, viewer: Viewer, _: Path) -> None:
    """Everybody under a key, or rates alone."""
    if connection.execute(_LARGE).fetchall():
        connection.execute("reset threads")
    if viewer.role == RESEARCHER:
        run(connection, "everyone", {"least": LEAST[RESEARCHER]})
        cut(connection, LEAST[RESEARCHER])
    else:
        run(connection, "released", {})
    run(connection, viewer.role, {"key": key(), "least": LEAST[viewer.role]})


def _named(viewer: Viewer) -> str:
    return "\x1f".join(sorted(viewer.cities))


def _whose(viewer: Viewer) -> str:
    """Tells one city's versions from another's, without saying which city."""
    return f"-{sha256(f'{key()}{_named(viewer)}'.encode()).hexdigest()[:6]}" if viewer.cities else ""


def _check(connection: duckdb.DuckDBPyConnection, role: str) -> None:
    """Ask the finished database what must have no answer."""
    for name, sql in (*statements("checks/all"), *statements(f"checks/{role}")):
        if found := connection.execute(sql).fetchall():
            raise NotSafeError(f"{name}: {len(found)} found")


def _lock(connection: duckdb.DuckDBPyConnection) -> None:
    for name, value in LOCKED.items():
        if name != "temp_directory":  # set at birth: it cannot be changed once files are out of reach
            connection.execute(f"set {name} = {value!r}" if isinstance(value, str) else f"set {name} = {value}")
