"""What every city's view is made from: the blocks of what is released, and all that is in them, worked out once.

It knows everybody, so it is never handed over: each viewer gets the rows that they may know, and a database of their
own to read them in, which has no way back to here.
"""

import threading
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from lib.access.carried import carry_certified, carry_types
from lib.access.key import key
from lib.access.statements import bind, run, statement, statements
from lib.release import release_of
from lib.viewer import CITY, Viewer
from lib.warehouse import located

BLOCKS = ("block", "block_member", "block_attribute", "block_answer", "block_score", "block_change")
_ONCE = ("50_placed", "55_moved")
_PEER = ("60_peer",)
_VIEWS = ("70_members", "80_answers", "90_scores")
_ALONE: dict[str, str | bool | int | float | list[str]] = {"temp_directory": "", "threads": 1}
_SIZE = "select count(*) from released.response"
_LARGE = 300_000
"""So many answers are sooner gone through by several threads than by one."""
_SHOWN = "select distinct value from temp.shown"
# By ids, as the release knows cities that this version has no longer.
_OWN = "create or replace temp table own as select unnest($own::text[]) as city_id"


@dataclass(frozen=True, slots=True)
class Handed:
    """What one viewer may know of others: a table for each of BLOCKS; and every attribute's value that may be shown."""

    tables: Mapping[str, pa.Table]
    shown: tuple[str, ...]


class Ground:
    """The blocks of one version, in memory. One viewer's rows are taken at a time."""

    def __init__(self, published: Path, secret: str) -> None:
        self._taking = threading.Lock()
        self._key = secret
        self._connection = duckdb.connect(":memory:", config=_ALONE)
        try:
            self._fill(published)
        except BaseException:
            self._connection.close()
            raise

    def handed(self, viewer: Viewer, named: str) -> Handed:
        """What a city's viewer may know of the others; `named` tells this viewer from every other."""
        with self._taking:
            self._see(list(viewer.cities), named)
            tables = {name: self._connection.execute(f"from temp.{name}").to_arrow_table() for name in BLOCKS}
        return Handed(tables, self._shown)

    def _fill(self, published: Path) -> None:
        attach(self._connection, published)
        attach_release(self._connection, published)
        self.large = self._connection.execute(_SIZE).fetchall()[0][0] > _LARGE
        if self.large:
            self._connection.execute("reset threads")
        carry_types(self._connection, CITY)
        run(self._connection, "words", {})
        carry_certified(self._connection, CITY)
        self._connection.execute(statement("announced", "10_certification"))
        run(self._connection, "released", {})
        self._run(_ONCE, "")
        self._shown = tuple(value for (value,) in self._connection.execute(_SHOWN).fetchall())
        self._see([], "")
        self._run(_VIEWS, "")

    def _see(self, own: list[str], named: str) -> None:
        """With the eyes of whoever has these cities: the views are over these two tables."""
        bind(self._connection, _OWN, {"own": own})
        self._run(_PEER, named)

    def _run(self, names: tuple[str, ...], named: str) -> None:
        for name, sql in statements(CITY):
            if name in names:
                bind(self._connection, sql, {"key": self._key, "viewer": named})


def attach(connection: duckdb.DuckDBPyConnection, database: Path, name: str = "published") -> None:
    """Make a database's tables readable, as `published` where no other name is given."""
    quoted = str(database).replace("'", "''")
    connection.execute(f"attach '{quoted}' as {name} (read_only)")


def attach_release(connection: duckdb.DuckDBPyConnection, published: Path) -> None:
    """Make what is told of others readable as `released`. Raises a duckdb.Error where there is none."""
    attach(connection, release_of(published), "released")


_making = threading.Lock()
_latest: dict[Hashable, Ground] = {}


def ground_of(published: Path) -> Ground:
    """The ground of a published file and its release, made once; that of the version before is let go of.

    Raises a duckdb.Error, whose text may hold names, or WarehouseMissing.
    """
    known = (located(published), located(release_of(published)), key())
    with _making:
        if known not in _latest:
            _latest.clear()
            _latest[known] = Ground(published, key())
        return _latest[known]
