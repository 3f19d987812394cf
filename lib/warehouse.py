"""The published database as the app reads it: read-only, one version at a time, answers remembered by version.

Replacing a database in place would keep serving the old one, so the pipeline writes each build to a new file and then
switches a link. `open_current` follows that link. A version that nobody holds any more closes itself, which is why
neither this module nor its callers may keep a Warehouse beyond the run that asked for it.
"""

import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb
import pyarrow as pa

from lib.overheard import listening, overheard
from lib.selection import MINIMUM_N
from lib.viewer import CITY, PROGRAMME, PUBLIC, Viewer

if TYPE_CHECKING:  # see lib/window/child.py
    import pandas as pd

TIME_LIMIT = 10.0
CACHE_BYTES = 128 * 2**20
# A reader of the app can only ask the app's questions, but a mistake in one of them must not reach files or settings.
# A query that needs more memory fails; it does not spill to the disk.
LOCKED: Mapping[str, Any] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
    "memory_limit": "2GB",
    "temp_directory": "",
    "lock_configuration": True,
}
# A database that an older program published lacks the latest tables, and nearly every page asks for them.
COMPLETE = "select version from publication, (select count(*) from family), (select count(*) from crosswalk)"

Value = str | int | float | bool | None | tuple[str, ...]
Values = Mapping[str, Value]
T = TypeVar("T")


class WarehouseError(Exception):
    """The database cannot answer; the message is the sentence that the reader sees."""


class WarehouseMissing(WarehouseError):  # noqa: N818  (reads as the sentence it carries)
    """There is no database at the public name yet."""


class WarehouseUnreadable(WarehouseError):  # noqa: N818  (reads as the sentence it carries)
    """There is a file at the public name, but not a database that this app can read."""


class QueryTimedOut(WarehouseError):  # noqa: N818
    """A query ran longer than the time limit and was interrupted."""


class WarehouseRefused(WarehouseError):  # noqa: N818  (reads as the sentence it carries)
    """What this viewer may see could not be made; they are shown nothing rather than too much."""


class Warehouse:
    """One published version of the database as one viewer may see it, safe to use from many threads.

    `viewer`: whose. `whole`: nothing is left out. `limited`: others are known by blocks of at least five only (a city's
    view), or not at all (the public's). `minimum_n`: rates from fewer are null. Only lib.access makes one for anybody
    but the programme: it hands over a locked database in memory as `made`.
    """

    def __init__(
        self,
        path: Path,
        time_limit: float = TIME_LIMIT,
        cache_bytes: int = CACHE_BYTES,
        *,
        made: duckdb.DuckDBPyConnection | None = None,
        viewer: Viewer = Viewer(PROGRAMME),  # noqa: B008  (frozen)
        minimum_n: int = MINIMUM_N,
    ) -> None:
        self.path = path
        self.viewer = viewer
        self.limited = viewer.role in (CITY, PUBLIC)
        self.whole = viewer.role == PROGRAMME
        self.minimum_n = minimum_n
        self._time_limit = time_limit
        self._cache = _Cache(cache_bytes)
        self._once: dict[tuple[Hashable, ...], Any] = {}
        self._making: dict[tuple[Hashable, ...], threading.Lock] = {}
        try:
            self._connection = made or duckdb.connect(str(path), read_only=True, config=dict(LOCKED))
            asked = "select version from publication" if made else COMPLETE
            self.version = str(self._connection.execute(asked).fetchall()[0][0])
        except (duckdb.Error, IndexError) as fault:
            raise WarehouseUnreadable(
                f"{path.name} is not a cohort database that can be read: {_first(fault)}"
            ) from fault

    def fetch(self, sql: str, values: Values | None = None) -> "pd.DataFrame":
        """Rows of a query as your own frame: text as str (enums too), missing as NaN, whole numbers with gaps as float.

        The answer is remembered for as long as this version is open. Raises QueryTimedOut.
        """
        bound = dict(values or {})
        if (heard := overheard()) is not None:
            heard.append((sql, bound))
        return self._cache.get((sql, *sorted(bound.items())), lambda: self._run(sql, bound, _plain_frame))

    def arrow(self, sql: str, values: Values | None = None) -> pa.Table:
        """Rows of a query as an Arrow table, for files; not remembered. Raises QueryTimedOut."""
        return self._run(sql, dict(values or {}), lambda cursor: cursor.to_arrow_table())

    def computed(self, answer: "Callable[..., pd.DataFrame]", *about: Hashable) -> "pd.DataFrame":
        """What `answer(self, *about)` works out in Python from queries, remembered unless somebody listens to them."""
        if overheard() is not None:
            return answer(self, *about)
        return self._cache.get((answer, *about), lambda: answer(self, *about))

    def once(self, answer: Callable[["Warehouse", Any], T], about: Hashable = "") -> T:
        """What `answer(self, about)` gives, worked out once per version. It must be frozen: everybody gets the same."""
        key = (answer, about)
        if key not in self._once:
            # Two who ask at once wait for one answer. Nobody listens: what is known by now would not be heard either.
            with self._making.setdefault(key, threading.Lock()), listening(to=False):
                if key not in self._once:
                    self._once[key] = answer(self, about)
        return self._once[key]  # type: ignore[no-any-return]

    def _run(self, sql: str, values: dict[str, Value], read: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        # One cursor per query: a connection shared by threads hands out other readers' rows.
        with self._connection.cursor() as cursor, _limited(cursor, self._time_limit):
            return read(cursor.execute(sql, values) if values else cursor.execute(sql))


@contextmanager
def _limited(cursor: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """DuckDB 1.5 has no time limit of its own, so a timer interrupts the cursor."""
    timer = threading.Timer(seconds, cursor.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.InterruptException as fault:
        raise QueryTimedOut(f"This question took longer than {seconds:g} seconds and was stopped.") from fault
    finally:
        timer.cancel()


def _plain_frame(cursor: duckdb.DuckDBPyConnection) -> "pd.DataFrame":
    """No categoricals (grouping by one drops or invents levels) and no unsigned numbers (differences wrap round).

    By way of Arrow, because an enum of 10,000 cities costs 5 ms as a category; on this thread: most answers are small.
    """
    table = cursor.to_arrow_table()
    return pa.table({name: _plain(table[name]) for name in table.column_names}).to_pandas(use_threads=False)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        return column.cast(pa.string())
    return column.cast(pa.int64()) if pa.types.is_unsigned_integer(column.type) else column


class _Cache:
    """Answers by question, the least recently used dropped first; threads that ask the same at once share one run.

    Kept as bytes, and everybody gets a frame of their own. A frame is a hundred objects for Python's garbage collector,
    which goes through all of them after every run of a page: a thousand remembered frames cost each reader 100 ms, a
    thousand texts of bytes cost nothing, and reading one takes 0.1 ms.
    """

    def __init__(self, limit: int) -> None:
        self._limit, self._held = limit, 0
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, Future[bytes]] = OrderedDict()
        self._sizes: dict[Hashable, int] = {}

    def get(self, key: Hashable, run: "Callable[[], pd.DataFrame]") -> "pd.DataFrame":
        with self._lock:
            answer = self._answers.get(key)
            if mine := answer is None:
                answer = self._answers[key] = Future()
            self._answers.move_to_end(key)
        if mine:
            return self._settle(key, answer, run)
        return pickle.loads(answer.result())  # noqa: S301  (our own, from a few lines below)

    def _settle(self, key: Hashable, answer: "Future[bytes]", run: "Callable[[], pd.DataFrame]") -> "pd.DataFrame":
        try:
            frame = run()
            kept = pickle.dumps(frame, protocol=5)
        except BaseException as fault:
            with self._lock:
                del self._answers[key]
            answer.set_exception(fault)
            raise
        answer.set_result(kept)
        self._make_room(key, len(kept))
        return frame

    def _make_room(self, key: Hashable, size: int) -> None:
        with self._lock:
            self._sizes[key] = size
            self._held += size
            while self._held > self._limit:
                oldest = next(held for held in self._answers if held in self._sizes)
                del self._answers[oldest]
                self._held -= self._sizes.pop(oldest)


_opening = threading.Lock()
_current: dict[Path, tuple[Hashable, Warehouse]] = {}


def open_current(public: Path) -> Warehouse:
    """The version that the public name points at now, opened once; call it anew for every run.

    Raises WarehouseMissing or WarehouseUnreadable, each one sentence for the reader.
    """
    target, identity = located(public)
    with _opening:
        known = _current.get(public)
        if known is None or known[0] != identity:
            _current.pop(public, None)
            known = _current[public] = (identity, Warehouse(target))
        return known[1]


def located(public: Path) -> tuple[Path, Hashable]:
    """The file that the public name points at now, and what tells it from every other. Raises WarehouseMissing."""
    try:
        target = public.resolve(strict=True)
        state = target.stat()
    except OSError as fault:
        raise WarehouseMissing(
            f"There is no cohort database {public.name} yet. Build one with `python -m pipelines demo`, "
            "or load your own files with `python -m pipelines load`."
        ) from fault
    return target, (target, state.st_ino, state.st_mtime_ns)


def _first(fault: Exception) -> str:
    return next(iter(str(fault).splitlines()), "")
