"""The whole database from all sources: what is published is a function of the files and the rules, nothing else."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from lib.standard import Standard
from pipelines import __version__
from pipelines.cities import describe_cities, list_cities, type_numbers
from pipelines.codebook import write_codebook
from pipelines.given import fill, give_attributes, give_standards
from pipelines.layouts import LayoutError, Table, read
from pipelines.mapping import load_mapping
from pipelines.progress import Say
from pipelines.sources import Manifest, Source, Stored
from pipelines.staging import Place, receive, stage
from pipelines.statements import CHECKS, run_models, statements

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

    Raises LayoutError, MappingError or CheckError.
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
        notes = {}
        for number, source in enumerate(manifest.sources, 1):
            say(f"reading {source.file.file}", 0.05 + 0.5 * (number - 1) / len(manifest.sources))
            standard = standards[source.standard]
            place = Place(number, standard, used.index(standard) + 1, manifest.synthetic)
            notes[source.identity] = _take(workshop, source, place)
        say("scoring", 0.55)
        run_models(connection, "cohort")
        type_numbers(connection)
        write_codebook(connection)
        say("checking", 0.85)
        check(connection)
    return notes


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


def _take(workshop: Workshop, source: Source, place: Place) -> str:
    """Read, judge and take over one source; what to say about it, or nothing."""
    with readable(source.file.file):
        table = _receive(workshop, source, place.standard)
    mapping = load_mapping(workshop.path(source.mapping))
    stage(workshop.connection, source, table, place, mapping.criteria)
    if table.cities:
        describe_cities(workshop.connection, table.cities)
    return f"{source.file.file}: columns not read: {', '.join(table.unused)}" if table.unused else ""


@contextmanager
def readable(file: str) -> Iterator[None]:
    """Turn what DuckDB says while it scans a file into one sentence that names the file."""
    try:
        yield
    except duckdb.Error as fault:
        raise LayoutError(f"{file}: cannot be read: {str(fault).splitlines()[0]}") from fault


def _receive(workshop: Workshop, source: Source, standard: Standard) -> Table:
    """Read a source into the work tables; a file that the strict scan refuses is read again, repaired."""
    try:
        return _scan(workshop, source, standard, repair=False)
    except duckdb.InvalidInputException:
        return _scan(workshop, source, standard, repair=True)


def _scan(workshop: Workshop, source: Source, standard: Standard, *, repair: bool) -> Table:
    table = read(
        workshop.store / source.file.stored_name,
        source.file.file,
        standard,
        load_mapping(workshop.path(source.mapping)),
        scratch=workshop.scratch,
        connection=workshop.connection,
        repair=repair,
    )
    receive(workshop.connection, table)
    return table


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Ask every question whose right answer is no rows. Raises CheckError for the first that has some."""
    for name, question in statements(CHECKS):
        if offenders := connection.execute(question).fetchall():
            first = "; ".join(", ".join(map(str, row)) for row in offenders[:3])
            raise CheckError(f"check {name} found {len(offenders):,} rows, the first: {first}")
