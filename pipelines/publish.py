"""Publishing: a database is built beside the public one and switched to in one step, or not at all.

`data/cohort.duckdb` is a link to `data/cohort.<version>.duckdb`. Readers keep the version they opened. What a city's
viewers and the public are told of others follows right after, see lib/release.
"""

import os
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import duckdb

from lib.release import advance, release_of
from pipelines.history import note_unnoted
from pipelines.locking import held
from pipelines.settings import load_settings
from pipelines.sources import keep_only, store_of

VERSION_PATTERN = "[0-9]" * 8 + "T" + "[0-9]" * 12
DAY = 24 * 60 * 60  # seconds that a proposal waits for its answer


class ReleaseError(RuntimeError):
    """What is told of others cannot be said; one sentence."""


@contextmanager
def locked(database: Path, wait: float = 0) -> Iterator[None]:
    """Hold the writers' lock, after up to `wait` seconds, with nothing unfinished left around.

    Raises BusyError.
    """
    with held(database, wait):
        _clear_unfinished(database)
        note_unnoted(database, published_version(database))
        _release_first(database)
        yield


def _release_first(database: Path) -> None:
    """Where something is published and nobody is told of it yet: killed just then, or published by an older program."""
    if published_version(database) and not release_of(database).exists():
        with suppress(ReleaseError):  # what is published cannot be read: what takes its place will be
            switch_release(database, ready_release(database.resolve(), database))


def _clear_unfinished(database: Path) -> None:
    """Remove what killed loads left behind, and proposals that nobody answered; with the lock held, none is used."""
    folder, yesterday = database.parent, time.time() - DAY
    old = [path for path in folder.glob(f".proposed-{database.stem}.*") if path.lstat().st_mtime < yesterday]
    for left in [*folder.glob(f".building-{database.stem}.*"), *store_of(database).glob(".incoming-*"), *old]:
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


def publish(building: Path, database: Path, version: str, kept: int) -> None:
    """Give the finished file its name, switch the public name to it, and drop the oldest versions.

    Raises ReleaseError; then nothing has changed.
    """
    with ThreadPoolExecutor(1) as disk:  # which is slow, and has nothing to wait for
        flushed = disk.submit(_flush, building)
        release = ready_release(building, database)
        flushed.result()
    building.rename(version_file(database, version))
    switch(database, version)
    switch_release(database, release)
    _prune(database, kept)


def switch(database: Path, version: str) -> None:
    """Point the public name to a version that is there, in one step."""
    link = beside(database, "link")
    link.unlink(missing_ok=True)
    link.symlink_to(version_file(database, version).name)
    link.replace(database)
    _flush(database.parent)


def ready_release(version: Path, database: Path) -> Path | None:
    """What is told of others once this version is published, in a file to be switched to; None where nothing changes.

    Raises ReleaseError: then nobody could say what was told before.
    """
    release, target = release_of(database), beside(database, "release")
    try:
        return target if advance(version, release, target, load_settings().told_together) else None
    except duckdb.Error as fault:
        raise ReleaseError(
            f"{release.name}: what was told of others so far cannot be read; bring it back from a backup, "
            "or move it away to begin anew"
        ) from fault


def switch_release(database: Path, ready: Path | None) -> None:
    """Tell it, in one step. Where this is not reached, what was told before stands until the next load."""
    if ready:
        _flush(ready)
        ready.replace(release_of(database))
        _flush(database.parent)


def version_file(database: Path, version: str) -> Path:
    """Where a version is."""
    return database.with_name(f"{database.stem}.{version}.duckdb")


def versions(database: Path) -> list[str]:
    """The versions on disk, oldest first.

    Names sort by age. Only names that `new_version` makes: somebody may keep a copy of their own beside them.
    """
    return [
        _version(database, path) for path in sorted(database.parent.glob(f"{database.stem}.{VERSION_PATTERN}.duckdb"))
    ]


def _flush(path: Path) -> None:
    """Have the disk hold it before the next step relies on it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prune(database: Path, kept: int) -> None:
    """Keep the newest versions, their lists of sources, and the files on those lists."""
    there = versions(database)
    for version in there[:-kept]:
        version_file(database, version).unlink()
    keep_only(set(there[-kept:]), store_of(database))


def _version(database: Path, path: Path) -> str:
    return path.name.removeprefix(f"{database.stem}.").removesuffix(".duckdb")
