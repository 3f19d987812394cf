"""Takes a release to what is published now, as far as that tells of no city alone.

A city is placed in a block once and stays there. A newcomer waits until enough others wait with it, and a block's
figures stay as they were told until enough of its cities differ: added, changed and left ones alike. So two releases,
however far apart, differ by whole groups, and who kept the older one learns no more by subtracting than from either.
"""

import secrets
import shutil
from pathlib import Path

import duckdb

from lib.release.classes import cut
from lib.release.running import give, literal, step

LEAST = 6
"""Cities in a block, and cities of it that change together: five others remain without the viewer's own."""
_SAME_ENGINE = "select engine = version() from released.publication"
_WORDED = "select exists(from duckdb_tables() where database_name = 'released' and table_name = 'response')"
_WAITING = "select exists(from temp.newcomer)"
_DUE = "select exists(from temp.newcomer) or exists(from temp.due)"


def advance(published: Path, release: Path, target: Path, together: int) -> bool:
    """Write to `target` what may be told from now on; False, and nothing written, where that is what `release` tells.

    `together`: how many newcomers of a cycle and stage are placed at once, LEAST or more. Without a file `release` it
    is the first one. Raises a duckdb.Error or an OSError.
    """
    first = not release.exists()
    with duckdb.connect(config={} if first else {"threads": 1}) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"attach {literal(str(published))} as published (read_only)")
        step(connection, "masks")
        if not first:
            connection.execute(f"attach {literal(str(release))} as released (read_only)")
            if not _due(connection, together):
                return False
            connection.execute("detach released")
            shutil.copyfile(release, target)
        # Nobody reads it before it is complete, so it needs no journal.
        connection.execute(f"attach {literal(str(target))} as released (recovery_mode no_wal_writes)")
        if first:
            step(connection, "empty")
        elif _says(connection, _WORDED):
            _number(connection)
        tell(connection, together, secrets.token_hex(16))
        connection.execute("checkpoint released")
        connection.execute("detach released")
    return True


def _due(connection: duckdb.DuckDBPyConnection, together: int) -> bool:
    if _says(connection, _WORDED) or not _says(connection, _SAME_ENGINE):
        return True
    give(connection, least=LEAST, together=max(together, LEAST))
    step(connection, "newcomers")
    step(connection, "changed")
    return _says(connection, _DUE)


def _number(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring a release that an older program wrote to today's tables, telling the same."""
    for name in ("aside", "empty", "numbered"):
        step(connection, name)


def tell(connection: duckdb.DuckDBPyConnection, together: int, salt: str) -> None:
    """Bring `released` to what temp.mask knows of `published`; `salt` is a secret, so that nobody can deal again."""
    give(connection, least=LEAST, together=max(together, LEAST), salt=salt)
    step(connection, "engine")
    step(connection, "newcomers")
    if _says(connection, _WAITING):
        step(connection, "seats")
        cut(connection, LEAST)
        step(connection, "deal")
    step(connection, "changed")
    step(connection, "tell")
    step(connection, "scores")


def _says(connection: duckdb.DuckDBPyConnection, question: str) -> bool:
    return bool(connection.execute(question).fetchall()[0][0])
