"""What is loaded: read from the published database with plain SQL, as any client would."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.layouts.table import cause

REPAIRS = 'select kind, "from", "to", reason, sum(fired)::int as fired from repair group by all order by all'
ORGANISATION = ("organisation", "organisations")
CITY = ("city", "cities")
NOUNS = {
    "assessment": ("assessment", "assessments"),
    "response": ("response", "responses"),
    "rejected": ("rejected answer", "rejected answers"),
    "certification": ("certification", "certifications"),
}
COUNTED = ("city", "assessment", "response", "rejected")


class StatusError(Exception):
    """There is no database to tell about; one sentence."""


@dataclass(frozen=True, slots=True)
class Status:
    """`sources`: one mapping per file, with its reasons for rejection and how often each; `counts`: rows by table;
    `repairs`: one mapping per line of an aliases or fixes file, with how often it fired; `uncertified`: one mapping per
    line of a list of certifications that fits the answers no longer. `noun`: what the standards assess, one and many;
    "organisation" where they do not agree.
    """

    database: str
    version: str
    built_at: datetime
    synthetic: bool
    standards: list[str]
    noun: tuple[str, str]
    counts: dict[str, int]
    sources: list[dict[str, Any]]
    repairs: list[dict[str, Any]]
    uncertified: list[dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON can hold it: times in ISO form, UTC."""
        return asdict(self)


def read_status(database: Path) -> Status:
    """Read what is published. Raises StatusError."""
    if not database.exists():
        raise StatusError(f"{database}: nothing is published yet; load a file first, or build a demo")
    try:
        with duckdb.connect(database, read_only=True) as connection:
            return _status(connection, database)
    except duckdb.Error as fault:
        raise StatusError(f"{database}: cannot be read as a cohort: {cause(fault)}") from fault


def counted(counts: Mapping[str, int], noun: tuple[str, str] = CITY) -> Iterator[str]:
    """How much there is of each, in words: "1 city", "2 assessments"; `noun`: what the standards assess."""
    for table, number in counts.items():
        one, many = noun if table == "city" else NOUNS.get(table, (table, table))
        yield f"{number:,} {one if number == 1 else many}"


def noun_of(database: Path) -> tuple[str, str]:
    """What the published standards assess, one and many; where nothing can be read, a city."""
    try:
        return read_status(database).noun
    except StatusError:
        return CITY


def _status(connection: duckdb.DuckDBPyConnection, database: Path) -> Status:
    (publication,) = _rows(connection, "select version, built_at, synthetic from publication")
    standards = _rows(connection, "select standard_id, noun, noun_plural from standard order by position")
    nouns = {(row["noun"], row["noun_plural"]) for row in standards}
    counts = {table: _count(connection, table) for table in COUNTED}
    certified, unused = _certified(connection)
    if certified:  # where nobody gave a list there is nothing to tell
        counts["certification"] = certified
    return Status(
        database=str(database),
        **publication,
        standards=[row["standard_id"] for row in standards],
        noun=nouns.pop() if len(nouns) == 1 else ORGANISATION,
        counts=counts,
        sources=list(_sources(connection)),
        repairs=_rows(connection, REPAIRS),
        uncertified=unused,
    )


def _certified(connection: duckdb.DuckDBPyConnection) -> tuple[int, list[dict[str, Any]]]:
    """How many certifications there are, and the lines that fit no longer; an older program's database has neither."""
    try:
        return _count(connection, "certification"), _rows(connection, "from workings.certification_unused")
    except duckdb.CatalogException:
        return 0, []


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.table(table).count("*").fetchall()[0][0])


def _sources(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    reasons: dict[int, dict[str, int]] = {}
    for row in _rows(connection, "select source_id, reason, count(*) as rows from rejected group by all order by all"):
        reasons.setdefault(row["source_id"], {})[row["reason"]] = row["rows"]
    for source in _rows(connection, "from source order by source_id"):
        yield {**source, "reasons": reasons.get(source["source_id"], {})}


def _rows(connection: duckdb.DuckDBPyConnection, question: str) -> list[dict[str, Any]]:
    found = connection.execute(question)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
