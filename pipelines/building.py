"""A database built beside the published one, whole and compared with it; to be published, proposed or dropped."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import duckdb

from pipelines.adding import add, why_rebuild
from pipelines.difference import Difference, DifferenceError, difference
from pipelines.history import MOST, Event, note
from pipelines.locking import login_name
from pipelines.progress import Say
from pipelines.publish import beside, new_version, publish
from pipelines.rebuild import rebuild
from pipelines.settings import load_settings
from pipelines.sources import Manifest, manifest_path, now, store_of, write_manifest
from pipelines.status import Status, StatusError, read_status
from pipelines.workshop import CheckError, Notes, Places, Publication, Work


@dataclass(frozen=True, slots=True)
class Built:
    """A finished database at `path`. `difference` is None where the published one cannot be read."""

    path: Path
    manifest: Manifest
    event: Event
    status: Status
    difference: Difference | None
    notes: Notes


@contextmanager
def built(work: Work, database: Path, say: Say) -> Iterator[Built]:
    """Build; whatever is left at the end is removed. Only with the writers' lock."""
    moment = now()
    version = new_version(moment)
    places = Places(beside(database, "duckdb"), store_of(database), beside(database, "scratch"))
    places.scratch.mkdir()
    try:
        notes, found, why = _build(work, database, Publication(version, moment), places, say)
        status = _status(places.building)
        manifest = replace(work.manifest, whole=len(work.manifest.sources)) if why else work.manifest
        yield Built(places.building, manifest, _event(work, status, found, why), status, found, notes)
    finally:
        shutil.rmtree(places.scratch)
        places.building.unlink(missing_ok=True)
        _wal(places.building).unlink(missing_ok=True)


def _build(
    work: Work, database: Path, publication: Publication, places: Places, say: Say
) -> tuple[Notes, Difference | None, str]:
    """Add to what is published, or build everything and say why in a word."""
    why = why_rebuild(work, places.store)
    if not why:
        try:
            return *add(work, database.resolve(), publication, places, say), ""
        except (CheckError, OSError, duckdb.Error):
            why = "damaged"  # or the new file is at fault: then building everything says so
            places.building.unlink(missing_ok=True)
    notes = rebuild(work.manifest, work.standards, publication, places, say, newly_certified=work.newly_certified)
    say("comparing", 0.92)
    return notes, _difference(database if work.base else None, places.building), why


def publish_built(path: Path, manifest: Manifest, event: Event, database: Path) -> None:
    """Make a finished file the published one. Only with the writers' lock."""
    write_manifest(manifest, manifest_path(store_of(database), event.version), asdict(event))
    publish(path, database, event.version, load_settings().versions_kept)
    note(database, event)


def _difference(old: Path | None, new: Path) -> Difference | None:
    try:
        return difference(old.resolve() if old else None, new)
    except DifferenceError:
        return None


def _status(path: Path) -> Status:
    """What is in the finished file; reading it proves that it can be."""
    if _wal(path).exists():
        raise CheckError(f"{path.name}: could not be written whole")
    try:
        return read_status(path)
    except StatusError as fault:
        raise CheckError(str(fault)) from fault


def _event(work: Work, status: Status, found: Difference | None, why: str) -> Event:
    """The publish to come."""
    return Event(
        version=status.version,
        previous=work.base,
        action=work.action,
        who=login_name(),
        at=status.built_at.isoformat(timespec="seconds"),
        files=work.files,
        sources=len(status.sources),
        counts=status.counts,
        changes=found.as_json(MOST) if found else None,
        rebuilt=why,
    )


def _wal(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")
