"""What was set aside, place by place, with a suggestion where something known looks alike."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import duckdb

from pipelines.given import fill
from pipelines.layouts.table import cause
from pipelines.status import StatusError
from pipelines.vocabulary import load_vocabulary

ALIKE = 0.8  # Jaro-Winkler; below that a suggestion is a guess
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would calculate a cell that begins like this

# One row per text that could stand in the place of a rejected one. Cities are told by name, criteria by id.
KNOWN = """
    create temp table known as
    select 'unknown city'::reason as reason, null::text as standard_id, name as text, name as suggestion from city
    union all
    select 'unknown city', null, city_id::text, name from city
    union all
    select 'unknown criterion', standard_id::text, unnest([criterion_id::text, short_name, text]), criterion_id::text
    from criterion
    union all
    select 'unknown response', null, word, word from word
    union all
    select 'unknown stage', null, unnest(['self_reported', 'validated']) as stage, stage
"""
SUGGESTED = """
    create temp table suggested as
    with odd as (
        select distinct reason, source.standard_id::text as standard_id, value
        from rejected
        join source using (source_id)
        where value <> ''
    )
    select
        odd.reason,
        odd.standard_id,
        value,
        arg_max(suggestion, jaro_winkler_similarity(plain(value), plain(known.text))) as suggestion
    from odd
    join known
        on known.reason = odd.reason
        and coalesce(known.standard_id, odd.standard_id) = odd.standard_id
        and jaro_winkler_similarity(plain(value), plain(known.text)) >= $alike
    group by all
"""
REJECTED = """
    select
        source_id,
        set_aside.file,
        row,
        "column",
        set_aside.value,
        set_aside.reason::text,
        expected,
        coalesce(suggestion, ''),
        set_aside.answers
    from set_aside
    join source using (source_id)
    left join suggested
        on suggested.reason = set_aside.reason
        and suggested.standard_id = source.standard_id::text
        and suggested.value = set_aside.value
    where list_contains($sources, source_id)
    order by source_id, row, "column"
    limit $most
"""


@dataclass(frozen=True, slots=True)
class Rejected:
    """One place set aside. `column` is None where the file has none for what is missing; `suggestion` may be ''.

    `answers`: how many it takes with it, such as all 43 of a row without a city.
    """

    source_id: int
    file: str
    row: int
    column: str | None
    value: str
    reason: str
    expected: str
    suggestion: str
    answers: int = 1

    @property
    def whole(self) -> str:
        """Says so where a whole row (or what stands below the name of a city) was set aside, '' for one answer."""
        what = "column" if self.value and self.value == self.column else "row"
        return f"whole {what}, {self.answers:,} answers" if self.answers > 1 else ""


def read_rejected(database: Path, sources: Iterable[int] | None = None, most: int | None = None) -> list[Rejected]:
    """What was set aside of these sources (of all), in the order of the files. Raises StatusError."""
    if not database.exists():
        raise StatusError(f"{database}: nothing is published yet")
    try:
        with duckdb.connect(database, read_only=True) as connection:
            return _read(connection, sources, most)
    except duckdb.Error as fault:
        raise StatusError(f"{database}: cannot be read as a cohort: {cause(fault)}") from fault


def write_csv(found: Iterable[Rejected], path: Path) -> None:
    """One line per place set aside; opens in a spreadsheet, which calculates nothing in it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Rejected))
        writer.writerows(_safe(astuple(one)) for one in found)


def _safe(cells: tuple[object, ...]) -> list[object]:
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell for cell in cells]


def _read(connection: duckdb.DuckDBPyConnection, sources: Iterable[int] | None, most: int | None) -> list[Rejected]:
    chosen = (
        list(sources)
        if sources is not None
        else [x for (x,) in connection.execute("select source_id from source").fetchall()]
    )
    connection.execute("create temp macro plain(words) as trim(lower(strip_accents(words)))")
    connection.execute("create temp table word (word text)")
    fill(connection, "word", [(word,) for word in load_vocabulary().answers if word.isalpha()])
    connection.execute(KNOWN)
    connection.execute(SUGGESTED, {"alike": ALIKE})
    rows = connection.execute(REJECTED, {"sources": chosen, "most": most}).fetchall()
    return [Rejected(*row) for row in rows]
