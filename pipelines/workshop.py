"""What every build has in common: where it works, its sources in order, the rules written down, and the checks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from lib.standard import Standard
from pipelines import __version__
from pipelines.given import fill, give_attributes, give_standards
from pipelines.sources import Manifest, Source, Stored
from pipelines.staging import Place
from pipelines.statements import CHECKS, run_models, statements
from pipelines.taking import Item

LEAST_MEMORY = 400_000_000  # bytes DuckDB may hold before it goes to the scratch folder: enough for 2 million answers
MEMORY_PER_BYTE = 2  # of input, so that big loads need not go there either

Notes = Mapping[tuple[str, str, str | None, str | None], str]


class CheckError(RuntimeError):
    """A database that contradicts itself and is not published; one sentence with count and first offenders."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be built. `base`: the version that is published now; `before`: what that is built from; `files`: those
    to be loaded, by name; `action`: what the history calls it.
    """

    manifest: Manifest
    standards: Mapping[str, Standard]
    base: str | None
    before: Manifest | None
    files: tuple[str, ...]
    action: str = "load"

    @property
    def newly_certified(self) -> bool:
        """Whether there is a list of certifications that was not there before."""
        return bool(self.manifest.certified) and self.manifest.certified != (self.before or Manifest()).certified

    @property
    def changed(self) -> bool:
        """False where the published database is built from the same files by the same rules."""
        return self.before != self.manifest


@dataclass(frozen=True, slots=True)
class Publication:
    """The name of the version that is being built, and when (UTC)."""

    version: str
    built_at: datetime


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are during a build: the unfinished database, the store of files, a folder to work in."""

    building: Path
    store: Path
    scratch: Path


@dataclass(frozen=True, slots=True)
class Workshop:
    """What reading a source takes: the connection to the unfinished database, the store, and a folder to work in."""

    connection: duckdb.DuckDBPyConnection
    store: Path
    scratch: Path

    def path(self, stored: Stored | None) -> Path | None:
        """Where a stored file is; None stays None."""
        return self.store / stored.stored_name if stored else None


def settings(sources: Sequence[Source], places: Places) -> dict[str, str | bool | int | float | list[str]]:
    """How DuckDB may work on these sources."""
    memory = max(LEAST_MEMORY, MEMORY_PER_BYTE * size_of(sources, places.store))
    return {"memory_limit": f"{memory}B", "temp_directory": str(places.scratch)}


def size_of(sources: Sequence[Source], store: Path) -> int:
    """Bytes of the files as received."""
    return sum((store / source.file.stored_name).stat().st_size for source in sources)


def used_by(manifest: Manifest, standards: Mapping[str, Standard]) -> list[Standard]:
    """The standards that the sources answer, in order of loading."""
    return [standards[standard] for standard in dict.fromkeys(source.standard for source in manifest.sources)]


def give_rules(
    connection: duckdb.DuckDBPyConnection, manifest: Manifest, used: Sequence[Standard], publication: Publication
) -> None:
    """The empty work tables, and in them which build this is and everything the people decided who own the words."""
    run_models(connection, "given")
    row = (publication.version, publication.built_at, manifest.synthetic, __version__)
    fill(connection, "given_publication", [row])
    give_standards(connection, used)
    give_attributes(connection)


def items_of(workshop: Workshop, manifest: Manifest, used: Sequence[Standard]) -> Iterator[Item]:
    """Every source in order of loading, numbered from 1."""
    number = {standard.id: place for place, standard in enumerate(used, 1)}
    for source_id, source in enumerate(manifest.sources, 1):
        standard_no = number[source.standard]
        place = Place(source_id, used[standard_no - 1], standard_no, manifest.synthetic)
        yield Item(source, place, workshop.store / source.file.stored_name)


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Ask every question whose right answer is no rows. Raises CheckError for the first that has some."""
    for name, question in statements(CHECKS):
        _ask(connection, name, question)


def check_part(connection: duckdb.DuckDBPyConnection) -> None:
    """The same of the cities that are being built, where the rates are those of all cities. Raises CheckError."""
    for name, question in statements(CHECKS):
        if not _of_all_cities(question):
            _ask(connection, name, question)


def check_whole(connection: duckdb.DuckDBPyConnection) -> None:
    """What `check_part` leaves out, of the whole database, which is in use. Raises CheckError."""
    for name, question in statements(CHECKS):
        if _of_all_cities(question):
            _ask(connection, name, question)


def _of_all_cities(question: str) -> bool:
    return "criterion_rate" in question


def _ask(connection: duckdb.DuckDBPyConnection, name: str, question: str) -> None:
    if offenders := connection.execute(question).fetchall():
        first = "; ".join(", ".join(map(str, row)) for row in offenders[:3])
        raise CheckError(f"check {name} found {len(offenders):,} rows, the first: {first}")
