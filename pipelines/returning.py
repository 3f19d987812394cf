"""Returning to a database that was published before, by the same switch as a publish."""

from datetime import datetime
from pathlib import Path

from pipelines.difference import DifferenceError, difference
from pipelines.history import MOST, Event, note, read_history
from pipelines.locking import login_name
from pipelines.publish import (
    ReleaseError,
    locked,
    published_version,
    ready_release,
    switch,
    switch_release,
    version_file,
    versions,
)
from pipelines.sources import manifest_path, now, read_manifest, store_of
from pipelines.status import StatusError, read_status


class RollbackError(RuntimeError):
    """A version that cannot be returned to; one sentence."""


def rollback(database: Path, to: str | None = None, wait: float = 0) -> Event:
    """Publish an earlier version again, with its list of sources: the one before, or `to` (its first signs suffice).

    What is loaded later builds on it. Raises RollbackError, or BusyError.
    """
    with locked(database, wait):
        published = published_version(database)
        if published is None:
            raise RollbackError(f"{database.name}: nothing is published")
        version = _chosen(database, published, to)
        event = _event(database, version, published, now())
        try:
            release = ready_release(version_file(database, version), database)
        except ReleaseError as fault:
            raise RollbackError(str(fault)) from fault
        switch(database, version)
        switch_release(database, release)
        note(database, event)
    return event


def _chosen(database: Path, published: str, to: str | None) -> str:
    there = [version for version in versions(database) if version != published]
    if to is None:
        return _before(database, published, there)
    matching = [version for version in there if version.startswith(to)]
    if len(matching) != 1:
        known = f"on disk are {', '.join(there)}" if there else "no other is on disk"
        raise RollbackError(f"{to}: {'no' if not matching else 'more than one'} version to return to; {known}")
    return matching[0]


def _before(database: Path, published: str, there: list[str]) -> str:
    """What the published version took the place of when it was new; where nobody noted that, the next older one."""
    events = [x for x in read_history(database, published) if x.version == published and x.action != "rollback"]
    if not events:
        older = [version for version in there if version < published]
        if not older:
            raise RollbackError(f"{database.name}: no earlier version is on disk")
        return older[-1]
    previous = events[-1].previous
    if previous is None:
        raise RollbackError(f"{database.name}: the published version is the first one")
    if previous not in there:
        raise RollbackError(f"{previous}: the version before is no longer kept; data/settings.toml says how many are")
    return previous


def _event(database: Path, version: str, published: str, at: datetime) -> Event:
    """The event to come; reading counts and sources proves that the version can be returned to."""
    path = version_file(database, version)
    try:
        read_manifest(manifest_path(store_of(database), version))
        status = read_status(path)
    except (OSError, ValueError, KeyError, StatusError) as fault:
        raise RollbackError(f"{version}: is not whole and cannot be returned to") from fault
    try:
        changes = difference(version_file(database, published), path).as_json(MOST)
    except DifferenceError:
        changes = None
    return Event(
        version=version,
        previous=published,
        action="rollback",
        who=login_name(),
        at=at.isoformat(timespec="seconds"),
        files=(),
        sources=len(status.sources),
        counts=status.counts,
        changes=changes,
    )
