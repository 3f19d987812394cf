"""A small published database made of rows, for as many cohorts as a property test wants to try."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import duckdb

from lib.access.classes import cut
from lib.access.statements import bind, statements

TABLES = """
attach ':memory:' as published;
create table published.assessment (standard_id text, cycle text, city_id text, stage text);
create table published.response (
    standard_id text, cycle text, city_id text, stage text, criterion_id text, status text, credit double
);
create table published.attribute (attribute_id text, kind text, position int);
create table published.city_attribute (city_id text, attribute_id text, value text);
create table published.city (city_id text, name text);
create table certification (standard_id text, city_id text, cycle text, level text, announced_on date);
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


def blocks(connection: duckdb.DuckDBPyConnection, least: int = 6, **values: Any) -> None:
    """Cut the cities into blocks and count, as for a city's viewer."""
    cut(connection, "seats", least)
    shown = connection.execute("select distinct value from temp.shown").fetchall()
    words = ", ".join(f"'{value}'" for (value,) in [("",), *shown])
    connection.execute(f"create type attribute_value as enum ({words})")
    asked: Mapping[str, Any] = {"key": "a key for tests", "viewer": "me", "least": least} | values
    for name, sql in statements("city"):
        if name in ("50_placed", "60_peer", "70_members", "80_answers"):
            bind(connection, sql, asked)
