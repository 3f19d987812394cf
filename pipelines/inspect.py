"""What a file is and how it would load, told without loading it: the loader's own eyes, and what it would ask."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from lib.standard import Standard, StandardError
from pipelines.cities import list_cities
from pipelines.given import give_standards
from pipelines.layouts import Examined, LayoutError, examine, table_of
from pipelines.layouts.claims import Doubt, Guess, guesses
from pipelines.layouts.columns import Plan
from pipelines.layouts.header import column_letter
from pipelines.layouts.proposal import proposed, with_doubt
from pipelines.mapping import ColumnMapping, read_mapping
from pipelines.nearby import near_cities
from pipelines.sources import Source, Stored
from pipelines.staging import Place, Taken, receive, settled, stage
from pipelines.statements import run_models

NO_CYCLE = "(no cycle)"
CYCLE_NOTE = "nothing in the file says the cycle; load it with --cycle LABEL"
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
    from answer
    join record using (place)
    left join city_known using (city_no)
    left join cycle_known using (cycle_no)
    order by place
    limit 10
"""
REASONS = "select reason, count(*) as answers from answer where reason is not null group by all order by all"


@dataclass(frozen=True, slots=True)
class Asked:
    """How to look at a file: the id of the standard it answers, if it is known, and what else is known of it."""

    standard: str | None = None
    told: ColumnMapping = field(default_factory=ColumnMapping)
    cities: Path | None = None
    cycle: str | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its letter and header, what it was taken for (blank: nothing) and why; else the best guesses."""

    column: str
    header: str
    field: str
    criterion: str
    confidence: float
    reason: str
    guesses: tuple[Guess, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """What `inspect` tells. `above`: what is told once above the table. `answers` counts all, `rejected` by reason.

    `doubts`: what a person has to decide before it loads; `proposal`: a mapping that says everything, as TOML.
    """

    file: str
    standard: str
    layout: str
    format: str
    encoding: str
    delimiter: str
    sheets: tuple[str, ...]
    other_sheets: tuple[str, ...]
    header_rows: tuple[int, int]
    columns: tuple[Column, ...]
    above: tuple[Mapping[str, object], ...]
    missing_criteria: tuple[str, ...]
    preview: tuple[Mapping[str, Any], ...]
    answers: int
    rejected: Mapping[str, int]
    doubts: tuple[str, ...]
    notes: tuple[str, ...]
    proposal: str

    @property
    def certain(self) -> bool:
        """Whether `load` takes the file as it is."""
        return not self.doubts

    def as_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        return {**asdict(self), "certain": self.certain}


@dataclass(frozen=True, slots=True)
class Trial:
    """The answers of a file as they would be loaded, under the proposal."""

    preview: tuple[Mapping[str, Any], ...] = ()
    answers: int = 0
    rejected: Mapping[str, int] | None = None
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()


def inspect(path: Path, asked: Asked, standards: Mapping[str, Standard]) -> Inspection:
    """Look at a file as `load` would, and try the proposal on it; of several standards the one that fits best.

    Raises LayoutError, MappingError or StandardError.
    """
    if asked.standard and asked.standard not in standards:
        raise StandardError(f"{asked.standard}: no such standard, expected one of {', '.join(standards)}")
    chosen = [standards[asked.standard]] if asked.standard else list(standards.values())
    found = [_inspect(path, asked, standard) for standard in chosen]
    return max(found, key=lambda one: one.answers - sum(one.rejected.values()))


def _inspect(path: Path, asked: Asked, standard: Standard) -> Inspection:
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as connection:
        desk = Desk(path, asked, standard, Path(scratch), connection)
        found = desk.examined(asked.told)
        toml = proposed(found.plans, found.written, found.told, found.doubts)
        trial = desk.tried(toml)
    for doubt in trial.doubts:
        toml = with_doubt(toml, doubt)
    return _inspection(found, standard, trial, toml)


@dataclass(frozen=True, slots=True)
class Desk:
    """What looking at one file takes."""

    path: Path
    asked: Asked
    standard: Standard
    scratch: Path
    connection: duckdb.DuckDBPyConnection

    def examined(self, told: ColumnMapping) -> Examined:
        """The file as the loader sees it."""
        return examine(self.path, self.path.name, self.standard, told, scratch=self.scratch, connection=self.connection)

    def tried(self, toml: str) -> Trial:
        """Read the file by its proposal. What then is still wrong is told, not raised."""
        try:
            found = self.examined(read_mapping(toml, "the proposal"))
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


def _inspection(found: Examined, standard: Standard, trial: Trial, toml: str) -> Inspection:
    first, written = found.plans[0], found.written
    asked = {question.criterion for question in first.questions}
    return Inspection(
        file=found.name,
        standard=standard.id,
        layout=first.layout,
        format=written.format,
        encoding=written.encoding,
        delimiter=written.delimiter,
        sheets=written.sheets,
        other_sheets=written.others,
        header_rows=(first.header.first, first.header.last),
        columns=tuple(_columns(first, standard)),
        above=tuple({"field": meaning, **asdict(fact)} for meaning, fact in first.facts.items()),
        missing_criteria=tuple(x.id for x in standard.criteria if first.questions and x.id not in asked),
        preview=trial.preview,
        answers=trial.answers,
        rejected=trial.rejected or {},
        doubts=tuple(doubt.why for doubt in (*found.doubts, *trial.doubts)),
        notes=trial.notes,
        proposal=toml,
    )


def _columns(decided: Plan, standard: Standard) -> Iterator[Column]:
    taken = [question.criterion for question in decided.questions]
    for number, header in enumerate(decided.header.labels):
        claim = decided.claims.get(number)
        if claim:
            yield Column(column_letter(number), header, claim.meaning, claim.of, claim.confidence, claim.reason)
        else:
            near = tuple(guesses(decided.header.texts[number], standard, taken))
            yield Column(column_letter(number), header, "", "", 0.0, "nothing known names it", near)
