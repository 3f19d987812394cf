"""A small published database made of rows, for as many cohorts as a property test wants to try."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import duckdb

from lib.access.statements import bind, run, statements
from lib.release.advancing import LEAST, step, tell

TABLES = """
attach ':memory:' as published;
attach ':memory:' as released;
create type standard_id as enum ('s');
create type cycle_label as enum ('1');
create type stage as enum ('self_reported', 'validated');
create type criterion_id as enum ('DM1', 'DM2', 'DM3');
create table published.assessment (standard_id text, cycle text, city_id text, stage text);
create table published.response (
    standard_id text, cycle text, city_id text, stage text, criterion_id text, status text, credit double
);
create table published.attribute (attribute_id text, kind text, position int);
create table published.city_attribute (city_id text, attribute_id text, value text);
create table published.area_score (
    standard_id text, cycle text, city_id text, stage text, area_id text, met int, answered int, asked int
);
create table published.city_score (standard_id text, cycle text, city_id text, stage text, score double);
create table published.publication (built_at timestamp);
create table certification (standard_id text, city_id text, name text, cycle text, level text, announced_on date);
create temp table certified (standard_id text, city_id text, cycle text, level text);
create temp table own (city_id text);
"""
Row = tuple[object, ...]


@contextmanager
def published(**rows: Iterable[Row]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that has these rows in the tables of `published`, or in `own` and `certified`."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(TABLES)
        for table, given in ((table, list(given)) for table, given in rows.items()):
            place = f"temp.{table}" if table in ("own", "certified") else f"published.{table}"
            if given:
                cells = f"({', '.join('?' * len(given[0]))})"
                values = ", ".join([cells] * len(given))
                connection.execute(f"insert into {place} values {values}", [cell for row in given for cell in row])  # noqa: S608
        yield connection


def blocks(connection: duckdb.DuckDBPyConnection, **values: Any) -> None:
    """Release everybody, and count the blocks as for a city's viewer."""
    step(connection, "empty")
    step(connection, "masks")
    tell(connection, LEAST, "a salt for tests")
    connection.execute("drop table if exists temp.shown")
    connection.execute("create type attribute_value as enum ('')")
    run(connection, "released", {})
    asked: Mapping[str, Any] = {"key": "a key for tests", "viewer": "me"} | values
    for name, sql in statements("city"):
        if name in ("50_placed", "60_peer", "70_members", "80_answers"):
            bind(connection, sql, asked)
