"""The files as received, kept for ever beside the database, and the list of those that it is built from."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.copying import copy_whole

STORED = ("file", "cities", "mapping", "aliases", "fixes", "corrects")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store: its own name when it was loaded, and its content."""

    file: str
    sha256: str

    @property
    def stored_name(self) -> str:
        """Content decides the name; the ending stays, because readers go by it."""
        return self.sha256 + Path(self.file).suffix.lower()


@dataclass(frozen=True, slots=True)
class Source:
    """One loaded file with the options it was loaded with. `loaded_at` is UTC in ISO form.

    `corrects`: the file as it was received, where `file` is a corrected workbook that took its place.
    """

    file: Stored
    loaded_at: str
    standard: str
    cycle: str | None = None
    stage: str | None = None
    cities: Stored | None = None
    mapping: Stored | None = None
    aliases: Stored | None = None
    fixes: Stored | None = None
    corrects: Stored | None = None

    @property
    def stored(self) -> Iterator[Stored]:
        """Every file in the store that it needs."""
        return (stored for name in STORED if (stored := getattr(self, name)))

    @property
    def identity(self) -> tuple[str, str, str | None, str | None]:
        """What makes it the same load again; another mapping or cities file is a correction of it."""
        return self.file.sha256, self.standard, self.cycle, self.stage


@dataclass(frozen=True, slots=True)
class Certified:
    """A list of published certifications under a standard."""

    file: Stored
    standard: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything a database is built from, in order of loading; `fingerprint` covers also the rules applied.

    `whole`: how many of the sources were built at once, before the others were added one load after the other.
    `certified`: the lists of published certifications, in order of giving.
    """

    sources: tuple[Source, ...] = ()
    synthetic: bool = False
    fingerprint: str = ""
    whole: int = 0
    certified: tuple[Certified, ...] = ()

    def with_sources(self, added: Iterable[Source], *, alone: bool, synthetic: bool) -> "Manifest":
        """Add sources at the end, or have them `alone`. One that was there keeps its place and time of loading."""
        before = {source.identity: source for source in self.sources}
        sources = {} if alone else dict(before)
        for source in added:
            first = before.get(source.identity, source)
            sources[source.identity] = replace(source, loaded_at=first.loaded_at)
        certified = () if alone else self.certified
        return replace(self, sources=tuple(sources.values()), synthetic=synthetic, certified=certified)

    def with_certified(self, given: Certified) -> "Manifest":
        """Add a list at the end, where it has the last word; one that was there moves to it."""
        return replace(self, certified=(*(one for one in self.certified if one != given), given))


def now() -> datetime:
    """The time in UTC without a zone, as the database keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def store_of(database: Path) -> Path:
    """`data/cohort.duckdb` keeps its sources in `data/cohort.sources/`."""
    return database.with_suffix(".sources")


def keep(path: Path, store: Path) -> Stored:
    """Copy a file byte for byte into the store, unless it is there. Raises OSError when it cannot be copied whole."""
    store.mkdir(parents=True, exist_ok=True)
    incoming = store / f".incoming-{os.getpid()}"
    try:
        stored = Stored(path.name, copy_whole(path, incoming))
        incoming.replace(store / stored.stored_name)
    finally:
        incoming.unlink(missing_ok=True)
    return stored


def manifest_path(store: Path, version: str) -> Path:
    """Each published version has the list of what it was built from, so both switch together."""
    return store / f"{version}.json"


def write_manifest(manifest: Manifest, path: Path, published: Mapping[str, Any]) -> None:
    """Write it as JSON that people can read, with who publishes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table = {**asdict(manifest), "publish": published}
    path.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_manifest(path: Path) -> Manifest:
    """Read what `write_manifest` wrote."""
    table = json.loads(path.read_text(encoding="utf-8"))
    sources = tuple(_source(row) for row in table["sources"])
    certified = tuple(Certified(**{**row, "file": Stored(**row["file"])}) for row in table.get("certified", ()))
    return Manifest(sources, table["synthetic"], table["fingerprint"], table.get("whole", 0), certified)


def keep_only(versions: set[str], store: Path) -> None:
    """Remove what no version needs: lists of versions that are gone, files of failed loads and of past demos."""
    lists = {manifest_path(store, version) for version in versions}
    manifests = [read_manifest(path) for path in lists if path.exists()]
    needed = [stored for manifest in manifests for source in manifest.sources for stored in source.stored]
    needed += [given.file for manifest in manifests for given in manifest.certified]
    files = {store / stored.stored_name for stored in needed}
    for path in set(store.iterdir()) - lists - files:
        path.unlink()


def _source(row: dict[str, Any]) -> Source:
    files = {key: Stored(**row[key]) if row.get(key) else None for key in STORED}
    return Source(**{**row, **files})
