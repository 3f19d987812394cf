"""A small published database made of rows, for as many cohorts as a property test wants to try."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from lib.access.ground import attach
from lib.access.statements import bind, run, statements
from lib.release.advancing import LEAST, tell
from lib.release.running import step

TABLES = """
create table assessment (standard_id text, cycle text, city_id text, stage text);
create table response (
    standard_id text, cycle text, city_id text, stage text, criterion_id text, status text, credit double
);
create table attribute (attribute_id text, kind text, position int);
create table city_attribute (city_id text, attribute_id text, value text);
create table area_score (
    standard_id text, cycle text, city_id text, stage text, area_id text, met int, answered int, asked int
);
create table city_score (standard_id text, cycle text, city_id text, stage text, score double);
create table publication (built_at timestamp);
"""
VIEW = """
create type standard_id as enum ('s');
create type cycle_label as enum ('1');
create type stage as enum ('self_reported', 'validated');
create type criterion_id as enum ('DM1', 'DM2', 'DM3');
create type attribute_value as enum ('');
create table certification (standard_id text, city_id text, name text, cycle text, level text, announced_on date);
create temp table certified (standard_id text, city_id text, cycle text, level text);
create temp table own (city_id text);
"""
Row = tuple[object, ...]


@contextmanager
def published(**rows: Iterable[Row]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that has these rows in the tables of `published`, or in `own` and `certified`."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("attach ':memory:' as published; attach ':memory:' as released; use published")
        connection.execute(TABLES)
        connection.execute(f"use memory; {VIEW}")
        for table, given in ((table, list(given)) for table, given in rows.items()):
            place = f"temp.{table}" if table in ("own", "certified") else f"published.{table}"
            if given:
                cells = f"({', '.join('?' * len(given[0]))})"
                values = ", ".join([cells] * len(given))
                connection.execute(f"insert into {place} values {values}", [cell for row in given for cell in row])  # noqa: S608
        yield connection


def blocks(connection: duckdb.DuckDBPyConnection, viewer: str = "me") -> None:
    """Release everybody, and count the blocks as for a city's viewer."""
    step(connection, "empty")
    step(connection, "masks")
    tell(connection, LEAST, "a salt for tests")
    connection.execute("drop table if exists temp.shown")
    _count(connection, viewer)


def _count(connection: duckdb.DuckDBPyConnection, viewer: str) -> None:
    run(connection, "released", {})
    asked: Mapping[str, Any] = {"key": "a key for tests", "viewer": viewer}
    for name, sql in statements("city"):
        if name in ("50_placed", "60_peer", "70_members", "80_answers"):
            bind(connection, sql, asked)


def written(path: Path, cohort: Mapping[str, Sequence[str]]) -> Path:
    """A published file in which these cities answered so in one cycle and stage, criterion by criterion."""
    rows = [
        ("s", "1", city, "validated", f"DM{number}", status, float(status == "met"))
        for city, statuses in cohort.items()
        for number, status in enumerate(statuses, 1)
    ]
    with duckdb.connect(path) as connection:
        connection.execute(TABLES)
        connection.executemany("insert into response values (?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("insert into publication values (now()::timestamp)")
    return path


@contextmanager
def counted(path: Path, release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The blocks of a release, as a viewer sees them who has no city in it."""
    with duckdb.connect(":memory:") as connection:
        attach(connection, path)
        attach(connection, release, "released")
        connection.execute(VIEW)
        _count(connection, "me")
        yield connection
