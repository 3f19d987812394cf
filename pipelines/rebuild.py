"""The whole database from all sources: what is published is a function of the files and the rules, nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from lib.standard import Standard
from pipelines import __version__
from pipelines.cities import list_cities, type_numbers
from pipelines.codebook import write_codebook
from pipelines.given import fill, give_attributes, give_standards
from pipelines.mending import record_unused
from pipelines.progress import Say
from pipelines.sources import Manifest, Stored
from pipelines.staging import Place
from pipelines.statements import CHECKS, run_models, statements
from pipelines.taking import Item, readable, repairs_used, take_all

LEAST_MEMORY = 350_000_000  # bytes DuckDB may hold before it goes to the scratch folder: enough for 2 million answers
MEMORY_PER_BYTE = 2  # of input, so that big loads need not go there either


class CheckError(RuntimeError):
    """A database that contradicts itself and is not published; one sentence with count and first offenders."""


Notes = Mapping[tuple[str, str, str | None, str | None], str]


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


def rebuild(
    manifest: Manifest, standards: Mapping[str, Standard], publication: Publication, places: Places, say: Say
) -> Notes:
    """Build the database of a manifest; what to say about its sources, by their identity.

    Raises LayoutError, MappingError, RepairError or CheckError.
    """
    with duckdb.connect(places.building, config=_settings(manifest, places)) as connection:
        connection.execute("set enable_progress_bar = false")
        workshop = Workshop(connection, places.store, places.scratch)
        used = [standards[standard] for standard in dict.fromkeys(source.standard for source in manifest.sources)]
        run_models(connection, "given")
        fill(
            connection,
            "given_publication",
            [(publication.version, publication.built_at, manifest.synthetic, __version__)],
        )
        give_standards(connection, used)
        give_attributes(connection)
        _list_cities(workshop, manifest)
        items = list(_items(workshop, manifest, used))
        notes = take_all(connection, items, workshop.path, places.scratch, say)
        for rules in repairs_used(items, workshop.path):
            record_unused(connection, rules.aliases, rules.fixes)
        say("scoring", 0.55)
        run_models(connection, "cohort")
        type_numbers(connection)
        write_codebook(connection)
        say("checking", 0.85)
        check(connection)
        connection.execute("checkpoint")  # closing would do it too, but keeps quiet about a disk that is full
    return {manifest.sources[source_id - 1].identity: note for source_id, note in notes.items()}


def _items(workshop: Workshop, manifest: Manifest, used: Sequence[Standard]) -> Iterator[Item]:
    """Every source in order of loading, numbered from 1."""
    number = {standard.id: place for place, standard in enumerate(used, 1)}
    for source_id, source in enumerate(manifest.sources, 1):
        standard_no = number[source.standard]
        place = Place(source_id, used[standard_no - 1], standard_no, manifest.synthetic)
        yield Item(source, place, workshop.store / source.file.stored_name)


def _settings(manifest: Manifest, places: Places) -> dict[str, str | bool | int | float | list[str]]:
    size = sum((places.store / source.file.stored_name).stat().st_size for source in manifest.sources)
    memory = max(LEAST_MEMORY, MEMORY_PER_BYTE * size)
    return {"memory_limit": f"{memory}B", "temp_directory": str(places.scratch)}


def _list_cities(workshop: Workshop, manifest: Manifest) -> None:
    """Read every cities file once, in order of loading."""
    for stored in dict.fromkeys(source.cities for source in manifest.sources if source.cities):
        with readable(stored.file):
            list_cities(workshop.connection, workshop.store / stored.stored_name, stored.file, workshop.scratch)
    run_models(workshop.connection, "listed")


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Ask every question whose right answer is no rows. Raises CheckError for the first that has some."""
    for name, question in statements(CHECKS):
        if offenders := connection.execute(question).fetchall():
            first = "; ".join(", ".join(map(str, row)) for row in offenders[:3])
            raise CheckError(f"check {name} found {len(offenders):,} rows, the first: {first}")
