"""Runs the SQL of lib/release/steps, a file at a time."""

from functools import cache
from pathlib import Path

import duckdb

STEPS = Path(__file__).parent / "steps"


def give(connection: duckdb.DuckDBPyConnection, **values: int | str) -> None:
    """What steps ask for by getvariable. Not bound to them: at the first bound value DuckDB imports pandas, which takes
    as long as all that a load does here.
    """
    for name, value in values.items():
        connection.execute(f"set variable {name} = {value if isinstance(value, int) else literal(value)}")


def step(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Run a file of steps/."""
    for sql in _statements(name):
        connection.execute(sql)


def literal(text: str) -> str:
    """As SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


@cache
def _statements(name: str) -> tuple[str, ...]:
    return tuple((STEPS / f"{name}.sql").read_text(encoding="utf-8").split(";\n"))
