"""Loading: keep the files, rebuild the database from all of them, check it, and publish it, or change nothing."""

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from lib.standard import STANDARDS, Standard, StandardError, load_standards
from pipelines.given import ATTRIBUTES
from pipelines.layouts import LayoutError
from pipelines.mapping import MappingError
from pipelines.progress import Say, silent
from pipelines.publish import Busy, beside, locked, new_version, publish, published_version
from pipelines.rebuild import CheckError, Publication, rebuild
from pipelines.sources import Manifest, Source, Stored, keep, manifest_path, now, read_manifest, store_of, write_manifest
from pipelines.vocabulary import VOCABULARY, VocabularyError

PIPELINES = Path(__file__).parent


class LoadError(Exception):
    """A load that published nothing; one sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read the files of one load. `synthetic` marks the whole database as invented."""

    standard: str
    cycle: str | None = None
    stage: str | None = None
    cities: Path | None = None
    mapping: Path | None = None
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did. `changed` is False when the same files had been loaded by the same rules before.

    `notes`: sentences about the files just loaded, such as columns that were not read.
    """

    version: str
    changed: bool
    started_afresh: bool
    notes: tuple[str, ...] = ()


def load(
    paths: Sequence[Path],
    options: Options,
    database: Path,
    say: Say = silent,
    standards: Path = STANDARDS,
) -> Report:
    """Load files and publish the rebuilt database. Raises LoadError; then the published database is as it was."""
    try:
        with locked(database):
            return _load(paths, options, database, load_standards(standards), say)
    except (Busy, CheckError, LayoutError, MappingError, StandardError, VocabularyError) as fault:
        raise LoadError(str(fault)) from fault
    except duckdb.Error as fault:
        raise LoadError(f"{database.name}: cannot be built: {str(fault).splitlines()[0]}") from fault
    except OSError as fault:
        raise LoadError(f"{Path(fault.filename or database).name}: {fault.strerror or fault}") from fault


def _load(
    paths: Sequence[Path], options: Options, database: Path, standards: dict[str, Standard], say: Say
) -> Report:
    if options.standard not in standards:
        raise LoadError(f"{options.standard}: no such standard, expected one of {', '.join(standards)}")
    before = _published(database)
    afresh = before is not None and before.synthetic and not options.synthetic
    if before and options.synthetic and not before.synthetic:
        raise LoadError(f"{database.name}: holds real data, which a synthetic cohort never replaces")
    manifest = _manifest(before or Manifest(), paths, options, store_of(database), standards, say)
    if before == manifest:
        return Report(published_version(database) or "", changed=False, started_afresh=False)
    version, notes = _publish(manifest, standards, database, say)
    return Report(version, changed=True, started_afresh=afresh, notes=notes)


def _published(database: Path) -> Manifest | None:
    """What the published database was built from; None when there is none."""
    version = published_version(database)
    if version is None and database.exists():
        raise LoadError(f"{database.name}: is a file that this program did not publish; move it away first")
    if version is None:
        return None
    return read_manifest(manifest_path(store_of(database), version))


def _manifest(
    before: Manifest,
    paths: Sequence[Path],
    options: Options,
    store: Path,
    standards: dict[str, Standard],
    say: Say,
) -> Manifest:
    """The sources so far (of real data only) and the new ones, all in the store, with the fingerprint of the rules."""
    cities, mapping = (keep(path, store) if path else None for path in (options.cities, options.mapping))
    added = []
    for number, path in enumerate(paths):
        say(f"keeping {path.name}", 0.05 * number / len(paths))
        added.append(_source(keep(path, store), options, cities, mapping))
    manifest = before.with_sources(added, alone=before.synthetic, synthetic=options.synthetic)
    used = {source.standard for source in manifest.sources}
    return replace(manifest, fingerprint=_fingerprint(repr([standards[name] for name in sorted(used)])))


def _source(file: Stored, options: Options, cities: Stored | None, mapping: Stored | None) -> Source:
    return Source(
        file=file,
        loaded_at=now().isoformat(timespec="microseconds"),
        standard=options.standard,
        cycle=options.cycle,
        stage=options.stage,
        cities=cities,
        mapping=mapping,
    )


def _fingerprint(standards: str) -> str:
    """One value for every rule that the database depends on beside its files."""
    digest = hashlib.sha256(f"{duckdb.__version__}\n{standards}".encode())
    for path in [VOCABULARY, ATTRIBUTES, *_code()]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _code() -> Iterable[Path]:
    """The pipeline itself: another pipeline builds another database from the same files."""
    return sorted(path for path in PIPELINES.rglob("*") if path.suffix in {".py", ".sql"})


def _publish(
    manifest: Manifest, standards: dict[str, Standard], database: Path, say: Say
) -> tuple[str, tuple[str, ...]]:
    """Build, check and switch; the new version and notes. What fails before the switch leaves nothing behind."""
    moment = now()
    version = new_version(moment)
    building, scratch, store = beside(database, "duckdb"), beside(database, "scratch"), store_of(database)
    scratch.mkdir()
    try:
        notes = rebuild(manifest, standards, Publication(version, moment), building, store, scratch, say)
        write_manifest(manifest, manifest_path(store, version))
        say("publishing", 0.97)
        publish(building, database, version)
    finally:
        shutil.rmtree(scratch)
        building.unlink(missing_ok=True)
        building.with_suffix(".duckdb.wal").unlink(missing_ok=True)
    return version, notes
