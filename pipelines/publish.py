"""Publishing: a database is built beside the public one and switched to in one step, or not at all.

`data/cohort.duckdb` is a link to `data/cohort.<version>.duckdb`. Readers keep the version they opened.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pipelines.sources import keep_only, store_of

VERSION_PATTERN = "[0-9]" * 8 + "T" + "[0-9]" * 12
KEPT = 3  # versions on disk: the published one and two that readers may still have open


class BusyError(RuntimeError):
    """Another load is writing; one sentence."""


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Hold the writers' lock of a database. The kernel drops it when the process ends, however it ends."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with database.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise BusyError(f"{database.name}: another load is running; try again when it has ended") from fault
        _clear_unfinished(database)
        yield


def _clear_unfinished(database: Path) -> None:
    """Remove what killed loads left behind; with the lock held, nobody is using it."""
    for left in [*database.parent.glob(f".building-{database.stem}.*"), *store_of(database).glob(".incoming-*")]:
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def beside(database: Path, ending: str) -> Path:
    """A name for unfinished work, in the same folder because a rename must not cross file systems."""
    return database.with_name(f".building-{database.stem}.{ending}")


def new_version(moment: datetime) -> str:
    """A version's name: the time of building, so that names sort by age."""
    return moment.strftime("%Y%m%dT%H%M%S%f")


def published_version(database: Path) -> str | None:
    """The version that the public name points to; None when nothing is published."""
    if not database.is_symlink():
        return None
    return _version(database, database.readlink())


def publish(building: Path, database: Path, version: str) -> None:
    """Give the finished file its name, switch the public name to it, and drop the oldest versions."""
    target = database.with_name(f"{database.stem}.{version}.duckdb")
    _flush(building)
    building.rename(target)
    link = beside(database, "link")
    link.symlink_to(target.name)
    link.replace(database)
    _flush(database.parent)
    _prune(database)


def _flush(path: Path) -> None:
    """Have the disk hold it before the next step relies on it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prune(database: Path) -> None:
    """Keep the newest versions, their lists of sources, and the files on those lists.

    Names sort by age. Only names that `new_version` makes: somebody may keep a copy of their own beside them.
    """
    versions = sorted(database.parent.glob(f"{database.stem}.{VERSION_PATTERN}.duckdb"))
    for path in versions[:-KEPT]:
        path.unlink()
    keep_only({_version(database, path) for path in versions[-KEPT:]}, store_of(database))


def _version(database: Path, path: Path) -> str:
    return path.name.removeprefix(f"{database.stem}.").removesuffix(".duckdb")
