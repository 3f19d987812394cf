"""One source into the work tables: its answers are judged set-wise, then kept or set aside."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from lib.standard import Standard
from pipelines.given import fill, value
from pipelines.layouts.matching import Matcher
from pipelines.layouts.table import LayoutError, Table
from pipelines.sources import Source
from pipelines.statements import run_models
from pipelines.vocabulary import answer_words, fold

NO_FORMAT = ("no date looks like this",)  # strptime wants at least one format
ACCEPTED = "select 1 from answer semi join current_source using (source_id) where reason is null limit 1"
FIRST_REJECTED = """
    select row, reason, "column", value, expected
    from rejected
    semi join current_source using (source_id)
    order by row
    limit 1
"""
CREDIT = {"met": 1.0, "not_met": 0.0, "not_answered": None, "not_applicable": None}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source stands in the build: its number from 1, and its standard with that one's number from 1."""

    source_id: int
    standard: Standard
    standard_no: int
    synthetic: bool


def stage(
    connection: duckdb.DuckDBPyConnection, source: Source, table: Table, place: Place, criteria: Mapping[str, str]
) -> None:
    """Take over the source that `receive` has read. `criteria`: further texts → criterion ids, from its mapping.

    Raises LayoutError when nothing says the cycle, or when not one answer can be accepted.
    """
    if "cycle" not in table.headers and not source.cycle:
        raise LayoutError(f"{source.file.file}: no column says the cycle; give it with --cycle LABEL")
    fill(connection, "loaded", [_loaded(connection, source, table, place)])
    connection.execute(f"set variable date_formats = {value(table.date_formats or NO_FORMAT)}")
    run_models(connection, "source")
    fill(connection, "criterion_spelling", _criteria(connection, Matcher(place.standard, criteria), place.standard))
    fill(connection, "answer_spelling", _answers(connection, place.standard, table.words))
    run_models(connection, "judgement")
    _refuse_useless(connection, source.file.file)
    connection.execute("drop table incoming")


def receive(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Read the file into `incoming`, everything text, in the order of the file; `record` numbers it."""
    connection.execute(f"create or replace temp table incoming as {table.answers}")
    numbered = "" if table.first_row is None else f', rowid + {table.first_row} as row, null::text as "column"'
    connection.execute(f"create or replace temp view record as select rowid as place{numbered}, * from incoming")  # noqa: S608


def _loaded(connection: duckdb.DuckDBPyConnection, source: Source, table: Table, place: Place) -> tuple[object, ...]:
    """The row of `loaded`, in the order of its columns."""
    headers = table.headers
    counts = _counts(connection, table)
    return (
        place.source_id,
        source.file.file,
        source.file.sha256,
        source.loaded_at,
        place.standard.id,
        place.standard_no,
        source.cycle,
        source.stage,
        table.layout,
        place.synthetic,
        source.cities is not None,
        headers.get("city", headers.get("city_id")),
        *(headers.get(meaning) for meaning in ("cycle", "stage", "criterion", "answer", "updated_at")),
        *counts,
    )


def _criteria(connection: duckdb.DuckDBPyConnection, matcher: Matcher, standard: Standard) -> list[tuple[object, ...]]:
    """What each distinct criterion text means: (text, position or None, reason or None)."""
    position = {criterion.id: place for place, criterion in enumerate(standard.criteria, 1)}
    found = {text: matcher.match(text or "") for text in _distinct(connection, "criterion")}
    return [
        (text, position[match.criterion], None) if match else (text, None, "unknown criterion")
        for text, match in found.items()
    ]


def _answers(
    connection: duckdb.DuckDBPyConnection, standard: Standard, extra: Mapping[str, str]
) -> list[tuple[object, ...]]:
    """What each distinct answer means: (text, status or None, credit or None, reason or None)."""
    words = {**answer_words(standard), **{fold(word): meaning for word, meaning in extra.items()}}
    credits = {grade.name: grade.credit for grade in standard.grades}
    return [_answer(text, words.get(fold(text or "")), credits) for text in _distinct(connection, "answer")]


def _answer(text: str | None, meaning: str | None, grades: Mapping[str, float]) -> tuple[object, ...]:
    if not fold(text or ""):
        return text, "not_answered", None, None
    if meaning is not None and meaning in grades:
        return text, "partly_met", grades[meaning], None
    return (text, meaning, CREDIT[meaning], None) if meaning else (text, None, None, "unknown response")


def _distinct(connection: duckdb.DuckDBPyConnection, column: str) -> list[str | None]:
    """Every spelling in a column of the source, in the same order at each build."""
    found = connection.execute(f"select distinct {column} from record order by all").fetchall()  # noqa: S608
    return [text for (text,) in found]


def _counts(connection: duckdb.DuckDBPyConnection, table: Table) -> tuple[int, int]:
    """Records and answers. In a long file each record is an answer."""
    rows = "count(distinct row)" if table.first_row is None else "count(*)"
    (counts,) = connection.execute(f"select {rows}, count(*) from record").fetchall()  # noqa: S608
    return counts


def _refuse_useless(connection: duckdb.DuckDBPyConnection, file: str) -> None:
    """Without a single good answer the file or its options are wrong, best told by what was rejected first."""
    if connection.execute(ACCEPTED).fetchall():
        return
    for row, reason, column, text, expected in connection.execute(FIRST_REJECTED).fetchall():
        told = f"row {row} has {reason} {text!r} in {column}, expected {expected}"
        raise LayoutError(f"{file}: not a single answer could be accepted: {told}")
    raise LayoutError(f"{file}: holds no answers")
