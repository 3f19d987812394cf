"""One batch of sources into the work tables: its answers are judged set-wise, then kept or set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from lib.standard import Standard
from pipelines.evidence import blank_meaning, date_order, slash_formats
from pipelines.given import fill, value
from pipelines.layouts.claims import Doubt
from pipelines.layouts.matching import Matcher
from pipelines.layouts.table import LayoutError, Table
from pipelines.repairs import Alias
from pipelines.sources import Source
from pipelines.statements import run_models
from pipelines.vocabulary import answer_words, fold

NO_FORMAT = ("no date looks like this",)  # strptime wants at least one format
ACCEPTED = "select 1 from answer semi join batch_source using (source_id) where reason is null limit 1"
FIRST_REJECTED = """
    select file, row, reason, "column", value, expected
    from rejected
    semi join batch_source using (source_id)
    order by source_id, row
    limit 1
"""
LONG_COUNTS = "select source_id, count(*), count(*) from record group by all"
WIDE_COUNTS = "select source_id, count(distinct row), count(*) from record group by all"
CREDIT = {"met": 1.0, "not_met": 0.0, "not_answered": None, "not_applicable": None}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source stands in the build: its number from 1, and its standard with that one's number from 1."""

    source_id: int
    standard: Standard
    standard_no: int
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A source that was read: its options, where it stands, and what its file is."""

    source: Source
    place: Place
    table: Table


def receive(connection: duckdb.DuckDBPyConnection, relation: str, first: Taken, *, tidy: bool) -> None:
    """Read the answers of a batch into `incoming`, everything text, in order; `record` numbers them.

    `relation` has its own source_id, row and column if it is `tidy`; else the batch is one source.
    """
    connection.execute(f"create or replace temp table incoming as {relation}")
    first_row, source_id = first.table.first_row, first.place.source_id
    own = "" if tidy else f", {source_id}::usmallint as source_id"
    own += "" if first_row is None else f', rowid + {first_row} as row, null::text as "column"'
    connection.execute(f"create or replace temp view record as select rowid as place{own}, * from incoming")  # noqa: S608


def settled(connection: duckdb.DuckDBPyConnection, taken: Sequence[Taken]) -> tuple[list[Taken], tuple[Doubt, ...]]:
    """The batch with the order of its dates and the meaning of its blanks; and what only a person can decide of it."""
    run_models(connection, "received")
    dates, odd_dates = date_order(connection, taken[0].table)
    blank, odd_blanks = blank_meaning(connection, taken[0].table)
    decided = [replace(one, table=replace(one.table, dates=dates, blank=blank)) for one in taken]
    return decided, tuple(doubt for doubt in (odd_dates, odd_blanks) if doubt)


def stage(
    connection: duckdb.DuckDBPyConnection,
    taken: Sequence[Taken],
    criteria: Mapping[str, str],
    aliases: Sequence[Alias] = (),
) -> None:
    """Take over the batch that `receive` has read. `criteria`: further texts → criterion ids.

    Raises LayoutError when nothing says the cycle, or when not one answer can be accepted.
    """
    for one in taken:
        if "cycle" not in one.table.headers and not one.source.cycle:
            raise LayoutError(f"{one.source.file.file}: no column says the cycle; give it with --cycle LABEL")
    table, standard = taken[0].table, taken[0].place.standard
    _fill_loaded(connection, taken)
    connection.execute("delete from alias")
    fill(connection, "alias", [(alias.kind, alias.written, alias.meant, alias.reason) for alias in aliases])
    connection.execute(f"set variable date_formats = {value(table.date_formats or NO_FORMAT)}")
    connection.execute(f"set variable slash_formats = {value(slash_formats(table.dates))}")
    run_models(connection, "source")
    fill(connection, "criterion_spelling", _criteria(connection, Matcher(standard, criteria), standard))
    fill(connection, "answer_spelling", _answers(connection, standard, table))
    run_models(connection, "judgement")
    _refuse_useless(connection, taken[0].source.file.file)


def _fill_loaded(connection: duckdb.DuckDBPyConnection, taken: Sequence[Taken]) -> None:
    found = connection.execute(LONG_COUNTS if "answer" in taken[0].table.headers else WIDE_COUNTS).fetchall()
    counts = {source_id: (rows, answers) for source_id, rows, answers in found}
    ((batch,),) = connection.execute("select coalesce(max(batch), 0) + 1 from loaded").fetchall()
    fill(connection, "loaded", [_loaded(one, batch, counts.get(one.place.source_id, (0, 0))) for one in taken])


def _loaded(taken: Taken, batch: int, counts: tuple[int, int]) -> tuple[object, ...]:
    """The row of `loaded`, in the order of its columns."""
    source, place, headers = taken.source, taken.place, taken.table.headers
    return (
        place.source_id,
        batch,
        source.file.file,
        source.file.sha256,
        source.loaded_at,
        place.standard.id,
        place.standard_no,
        source.cycle,
        source.stage,
        taken.table.layout,
        place.synthetic,
        source.cities is not None,
        headers.get("city", headers.get("city_id")),
        *(headers.get(meaning) for meaning in ("cycle", "stage", "criterion", "answer", "updated_at")),
        *counts,
    )


def _criteria(connection: duckdb.DuckDBPyConnection, matcher: Matcher, standard: Standard) -> list[tuple[object, ...]]:
    """What each distinct criterion text means: (text, position or None, reason or None)."""
    position = {criterion.id: place for place, criterion in enumerate(standard.criteria, 1)}
    spelt = connection.execute("select distinct criterion from record order by all").fetchall()
    found = {text: matcher.match(text or "") for (text,) in spelt}
    return [
        (text, position[match.criterion], None) if match else (text, None, "unknown criterion")
        for text, match in found.items()
    ]


def _answers(connection: duckdb.DuckDBPyConnection, standard: Standard, table: Table) -> list[tuple[object, ...]]:
    """What each distinct answer means: (text, status or None, credit or None, reason or None)."""
    words = {
        **answer_words(standard),
        **{fold(word): meaning for word, meaning in table.words.items()},
        "": table.blank,
    }
    credits = {grade.name: grade.credit for grade in standard.grades}
    spelt = connection.execute("from answer_text order by all").fetchall()
    return [_answer(text, words.get(fold(text or "")), credits) for (text,) in spelt]


def _answer(text: str | None, meaning: str | None, grades: Mapping[str, float]) -> tuple[object, ...]:
    if meaning is not None and meaning in grades:
        return text, "partly_met", grades[meaning], None
    return (text, meaning, CREDIT[meaning], None) if meaning else (text, None, None, "unknown response")


def _refuse_useless(connection: duckdb.DuckDBPyConnection, first: str) -> None:
    """Without a single good answer the files or their options are wrong, best told by what was rejected first."""
    if connection.execute(ACCEPTED).fetchall():
        return
    for file, row, reason, column, text, expected in connection.execute(FIRST_REJECTED).fetchall():
        told = f"row {row} has {reason} {text!r} in {column}, expected {expected}"
        raise LayoutError(f"{file}: not a single answer could be accepted: {told}")
    raise LayoutError(f"{first}: holds no answers")
