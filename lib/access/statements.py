"""Runs the SQL of a folder of lib/access/recipes: files in the order of their names, several statements each."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

RECIPES = Path(__file__).parent / "recipes"


@cache
def statements(folder: str) -> tuple[tuple[str, str], ...]:
    """(file, SQL) of each statement of a folder, in order."""
    files = sorted((RECIPES / folder).glob("*.sql"))
    return tuple((path.stem, text) for path in files for text in split(path.read_text(encoding="utf-8")))


@cache
def statement(folder: str, name: str) -> str:
    """The text of one file with a single statement."""
    return (RECIPES / folder / f"{name}.sql").read_text(encoding="utf-8")


def split(text: str) -> list[str]:
    """The statements of a text; no text in them has a semicolon at the end of a line."""
    return [part for part in f"{text.strip()}\n".split(";\n") if part.strip()]


def run(connection: duckdb.DuckDBPyConnection, folder: str, values: Mapping[str, Any]) -> None:
    """Run a folder, binding to each statement the values that it names."""
    for _, sql in statements(folder):
        bind(connection, sql, values)


def bind(connection: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, Any]) -> duckdb.DuckDBPyConnection:
    """Execute one statement with those of `values` that it names."""
    named = {name: value for name, value in values.items() if f"${name}" in sql}
    return connection.execute(sql, named) if named else connection.execute(sql)
