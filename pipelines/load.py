"""Loading: keep the files, build a database of all files so far, check it, and publish it, or change nothing."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from lib.standard import STANDARDS, Standard, StandardError, load_standards
from pipelines.building import built, publish_built
from pipelines.certifying import CertificationError
from pipelines.corrections import CorrectionError, corrected
from pipelines.difference import Difference
from pipelines.files import files_of
from pipelines.given import ATTRIBUTES
from pipelines.layouts import LayoutError, UnsureError
from pipelines.layouts.table import cause
from pipelines.locking import BusyError
from pipelines.mapping import MappingError
from pipelines.progress import Say, silent
from pipelines.publish import ReleaseError, locked, published_version
from pipelines.repairs import RepairError
from pipelines.settings import SettingsError
from pipelines.sources import (
    Certified,
    Manifest,
    Source,
    keep,
    manifest_path,
    now,
    read_manifest,
    store_of,
)
from pipelines.status import Status
from pipelines.vocabulary import VOCABULARY, VocabularyError
from pipelines.workshop import CheckError, Work

PIPELINES = Path(__file__).parent
FAULTS = (
    *(BusyError, CertificationError, CheckError, CorrectionError, LayoutError, MappingError, ReleaseError, RepairError),
    *(SettingsError, StandardError, VocabularyError),
)
BESIDE = ("cities", "mapping", "aliases", "fixes")  # options that are files, kept like the sources


class LoadError(Exception):
    """A load that published nothing; one sentence for the person who asked.

    `proposal`: where the person has to decide something about a file, the mapping that would say it, as TOML.
    """

    def __init__(self, sentence: str, proposal: str = "") -> None:
        super().__init__(sentence)
        self.proposal = proposal


@dataclass(frozen=True, slots=True)
class Options:
    """How to read the files of one load. `certified`: a list of published certifications to give with them;
    `synthetic` marks the whole database as invented.
    """

    standard: str
    cycle: str | None = None
    stage: str | None = None
    cities: Path | None = None
    mapping: Path | None = None
    aliases: Path | None = None
    fixes: Path | None = None
    certified: Path | None = None
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did. `changed` is False when the same files had been loaded by the same rules before.

    `notes`: sentences about the files just loaded, such as columns that were not read. `difference`: to the database
    before, None where nothing has changed or that one cannot be read. `status`: what is published now, None where
    nothing has changed.
    """

    version: str
    changed: bool
    started_afresh: bool
    notes: tuple[str, ...] = ()
    difference: Difference | None = None
    status: Status | None = None


def load(
    paths: Sequence[Path],
    options: Options,
    database: Path,
    say: Say = silent,
    standards: Path = STANDARDS,
    *,
    wait: float = 0,
) -> Report:
    """Load files (folders and patterns stand for those in them) and publish the database of all files so far.

    Where another load is running, wait so many seconds for it. Raises LoadError; then the published database is as it
    was.
    """
    with told(database), locked(database, wait):
        work, afresh, added = planned(files_of(paths), options, database, load_standards(standards), say)
        if not work.changed:
            return Report(work.base or "", changed=False, started_afresh=False)
        with built(work, database, say) as finished:
            say("publishing", 0.97)
            publish_built(finished.path, finished.manifest, finished.event, database)
        notes = tuple(finished.notes[source.identity] for source in added if source.identity in finished.notes)
        return Report(
            finished.event.version,
            changed=True,
            started_afresh=afresh,
            notes=notes,
            difference=finished.difference,
            status=replace(finished.status, database=str(database)),
        )


@contextmanager
def told(database: Path) -> Iterator[None]:
    """Turn whatever can be wrong with files, rules and disk into a LoadError of one sentence."""
    try:
        yield
    except UnsureError as fault:
        raise LoadError(str(fault), fault.proposal) from fault
    except FAULTS as fault:
        raise LoadError(str(fault)) from fault
    except duckdb.Error as fault:
        raise LoadError(f"{database.name}: cannot be built: {cause(fault)}") from fault
    except OSError as fault:
        raise LoadError(f"{Path(fault.filename or database).name}: {fault.strerror or fault}") from fault


def planned(
    paths: Sequence[Path],
    options: Options,
    database: Path,
    standards: dict[str, Standard],
    say: Say,
    *,
    names: Mapping[Path, str] | None = None,
) -> tuple[Work, bool, list[Source]]:
    """What is to be built, whether real data start afresh, and the sources of these files. Keeps the files.

    `names`: what the files are called, where they are not called as on the disk.
    """
    if options.standard not in standards:
        known = f"expected one of {', '.join(standards)}" if standards else "and there is none in that folder"
        raise LoadError(f"{options.standard}: no such standard, {known}")
    before = published_manifest(database)
    afresh = before is not None and before.synthetic and not options.synthetic
    if before and options.synthetic and not before.synthetic:
        raise LoadError(f"{database.name}: holds real data, which a synthetic cohort never replaces")
    names, store = names or {path: path.name for path in paths}, store_of(database)
    so_far, added = corrected(before or Manifest(), _keep_all(names, options, store, say), store)
    manifest = so_far.with_sources(added, alone=so_far.synthetic, synthetic=options.synthetic)
    if options.certified:
        manifest = manifest.with_certified(Certified(keep(options.certified, store), options.standard))
    manifest, files = with_fingerprint(manifest, standards), tuple(names.values())
    action = "demo" if options.synthetic else "load"
    return Work(manifest, standards, published_version(database), before, files, action), afresh, added


def published_manifest(database: Path) -> Manifest | None:
    """What the published database was built from; None when there is none."""
    version = published_version(database)
    if version is None and database.exists():
        raise LoadError(f"{database.name}: is a file that this program did not publish; move it away first")
    if version is None:
        return None
    try:
        return read_manifest(manifest_path(store_of(database), version))
    except OSError as fault:
        raise LoadError(f"{database.name}: the list of its sources is missing from {store_of(database)}") from fault


def _keep_all(names: Mapping[Path, str], options: Options, store: Path, say: Say) -> list[Source]:
    """The files of this load as sources, in the store, with what they are read by."""
    beside = {key: keep(path, store) for key in BESIDE if (path := getattr(options, key))}
    loaded_at = now().isoformat(timespec="microseconds")
    added = []
    for number, (path, name) in enumerate(names.items()):
        say(f"keeping {name}", 0.05 * number / len(names))
        file = replace(keep(path, store), file=name)
        added.append(Source(file, loaded_at, options.standard, options.cycle, options.stage, **beside))
    return added


def with_fingerprint(manifest: Manifest, standards: Mapping[str, Standard]) -> Manifest:
    """The manifest with the fingerprint of the rules that hold now."""
    if unknown := {source.standard for source in manifest.sources} - standards.keys():
        raise LoadError(f"{min(unknown)}: files of this standard were loaded before, but its own file is gone")
    used = sorted({source.standard for source in manifest.sources})
    return replace(manifest, fingerprint=_fingerprint(repr([standards[name] for name in used])))


def _fingerprint(standards: str) -> str:
    """One value for every rule that the database depends on beside its files."""
    digest = hashlib.sha256(f"{duckdb.__version__}\n{standards}".encode())
    for path in [VOCABULARY, ATTRIBUTES, *_code()]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _code() -> Iterable[Path]:
    """The pipeline itself: another pipeline builds another database from the same files."""
    return sorted(path for path in PIPELINES.rglob("*") if path.suffix in {".py", ".sql"})
