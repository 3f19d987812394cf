"""What a file is and how it would load, told without loading it: the loader's own eyes, and what it would ask."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from lib.standard import Standard, StandardError
from pipelines.cities import list_cities
from pipelines.corrections import corrects, mark_in
from pipelines.given import give_standards
from pipelines.inspection import CYCLE_NOTE, Inspection, Trial, inspection
from pipelines.layouts import Examined, LayoutError, examine, table_of
from pipelines.layouts.claims import Doubt
from pipelines.layouts.proposal import proposed, with_doubt
from pipelines.layouts.table import cause
from pipelines.mapping import ColumnMapping, read_mapping
from pipelines.nearby import near_cities
from pipelines.publish import published_version
from pipelines.sources import Source, Stored, manifest_path, read_manifest, store_of
from pipelines.staging import Place, Taken, receive, settled, stage
from pipelines.statements import run_models
from pipelines.taking import readable, rules_of

NO_CYCLE = "(no cycle)"
# One row per answer, as the loader reads it.
PREVIEW = """
    select
        answer.row,
        coalesce(city_known.name, record.city, record.city_id) as city,
        cycle_known.cycle,
        answer.stage,
        record.criterion,
        record.answer,
        answer.status,
        answer.updated_at,
        answer.reason
    from (from answer order by place limit 10) as answer
    join record using (place)
    left join city_known using (city_no)
    left join cycle_known using (cycle_no)
    order by place
"""
REASONS = "select reason, count(*) as answers from answer where reason is not null group by all order by all"


@dataclass(frozen=True, slots=True)
class Asked:
    """How to look at a file: the id of the standard it answers, if it is known, and what else is known of it.

    `database`: where a corrected workbook finds the source that it corrects, and how that was read.
    """

    standard: str | None = None
    told: ColumnMapping = field(default_factory=ColumnMapping)
    cities: Path | None = None
    cycle: str | None = None
    stage: str | None = None
    database: Path | None = None


def inspect(path: Path, asked: Asked, standards: Mapping[str, Standard]) -> Inspection:
    """Look at a file as `load` would, and try the proposal on it; of several standards the one that fits best.

    Raises LayoutError, MappingError or StandardError.
    """
    if asked.standard and asked.standard not in standards:
        raise StandardError(f"{asked.standard}: no such standard, expected one of {', '.join(standards)}")
    asked, corrected = as_corrected(path, asked)
    chosen = [standards[asked.standard]] if asked.standard else list(standards.values())
    found = [_inspect(path, asked, standard) for standard in chosen]
    best = max(found, key=lambda one: one.answers - sum(one.rejected.values()))
    return replace(best, corrects=corrected)


def as_corrected(path: Path, asked: Asked) -> tuple[Asked, str]:
    """A corrected workbook is read as the source was whose place it takes (its name, else ''); what is asked here comes
    first.
    """
    mark = mark_in(path) if asked.database else None
    version = published_version(asked.database) if asked.database and mark else None
    if not asked.database or not version or not mark:
        return asked, ""
    store = store_of(asked.database)
    known = corrects(mark, read_manifest(manifest_path(store, version)))
    if not known:
        return asked, ""
    rules = rules_of(known, lambda stored: store / stored.stored_name if stored else None)
    cities = store / known.cities.stored_name if known.cities else None
    as_before = replace(
        asked,
        standard=asked.standard or known.standard,
        told=asked.told if asked.told != ColumnMapping() else rules.reading,
        cities=asked.cities or cities,
        cycle=asked.cycle or known.cycle,
        stage=asked.stage or known.stage,
    )
    return as_before, known.corrects.file if known.corrects else known.file.file


def _inspect(path: Path, asked: Asked, standard: Standard) -> Inspection:
    """Where the strict scan refuses a record, the file is read again, record by record, as the loader does."""
    try:
        return _looked_at(path, asked, standard, repair=False)
    except duckdb.InvalidInputException:
        with readable(path.name):
            return _looked_at(path, asked, standard, repair=True)
    except duckdb.Error as fault:
        raise LayoutError(f"{path.name}: cannot be read: {cause(fault)}") from fault


def _looked_at(path: Path, asked: Asked, standard: Standard, *, repair: bool) -> Inspection:
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as connection:
        desk = Desk(path, asked, standard, Path(scratch), connection, repair)
        found = desk.examined(asked.told)
        toml = proposed(found.plans, found.written, found.told, found.doubts)
        trial = desk.tried(found if not found.doubts else None, toml)
    for doubt in trial.doubts:
        toml = with_doubt(toml, doubt)
    return inspection(found, standard, trial, toml)


@dataclass(frozen=True, slots=True)
class Desk:
    """What looking at one file takes."""

    path: Path
    asked: Asked
    standard: Standard
    scratch: Path
    connection: duckdb.DuckDBPyConnection
    repair: bool = False

    def examined(self, told: ColumnMapping) -> Examined:
        """The file as the loader sees it, but for its evidence."""
        asked = (self.path, self.path.name, self.standard, told)
        return examine(*asked, scratch=self.scratch, connection=self.connection, repair=self.repair, evidence=False)

    def tried(self, certain: Examined | None, toml: str) -> Trial:
        """Read the file as it is certain to be, else by its proposal. What then is still wrong is told, not raised."""
        try:
            found = certain or self.examined(read_mapping(toml, "the proposal"))
            if not found.answers:
                return Trial()
            taken = Taken(self._source(), Place(1, self.standard, 1, synthetic=False), table_of(found))
            self._prepare()
            receive(self.connection, taken.table.answers, taken, tidy=found.tidy)
            decided, doubts = settled(self.connection, [taken])
        except LayoutError as fault:
            return Trial(notes=(str(fault),))
        said = self.asked.cycle or "cycle" in taken.table.headers
        return _staged(self.connection, decided, doubts, () if said else (CYCLE_NOTE,))

    def _source(self) -> Source:
        asked = self.asked
        cities = Stored(asked.cities.name, "") if asked.cities else None
        return Source(
            Stored(self.path.name, ""), "1970-01-01", self.standard.id, asked.cycle or NO_CYCLE, asked.stage, cities
        )

    def _prepare(self) -> None:
        """What the loader has before the first source: tables, the standard, the cities."""
        run_models(self.connection, "given")
        give_standards(self.connection, [self.standard])
        if self.asked.cities:
            list_cities(self.connection, self.asked.cities, self.asked.cities.name, self.scratch)
        run_models(self.connection, "listed")


def _staged(
    connection: duckdb.DuckDBPyConnection, taken: Sequence[Taken], doubts: tuple[Doubt, ...], notes: tuple[str, ...]
) -> Trial:
    try:
        stage(connection, taken, {})
    except LayoutError as fault:
        notes = (*notes, str(fault))
    near = tuple(words for _, words in near_cities(connection))
    ((answers,),) = connection.execute("select count(*) from answer").fetchall()
    rejected = dict(connection.execute(REASONS).fetchall())
    preview = connection.execute(PREVIEW)
    names = [column[0] for column in preview.description or []]
    rows = tuple(dict(zip(names, row, strict=True)) for row in preview.fetchall())
    return Trial(rows, answers, rejected, doubts, (*notes, *near))
