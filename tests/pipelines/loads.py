"""Small loads for tests: text in, rows of the published database out."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from lib.standard import STANDARDS
from pipelines.load import Options, Report, load
from tests.kept import built_once


def load_text(
    database: Path,
    text: str,
    *,
    cities: str | None = None,
    standard: str = "wwc-2022",
    standards: Path = STANDARDS,
    **options: Any,
) -> Report:
    """Load one file, always called answers.csv, with the production pipeline."""
    folder = database.parent / sha256(text.encode()).hexdigest()[:12]
    folder.mkdir(exist_ok=True)
    (folder / "answers.csv").write_text(text, encoding="utf-8")
    if cities:
        (folder / "cities.csv").write_text(cities, encoding="utf-8")
    told = Options(standard, cities=folder / "cities.csv" if cities else None, **options)
    return load([folder / "answers.csv"], told, database, standards=standards)


def loaded_once(database: Path, *texts: str, cities: str | None = None) -> Path:
    """The public name of a database of these files, one load each: the first test's work, copied for the others."""

    def build() -> None:
        for text in texts:
            load_text(database, text, cities=cities)

    return built_once(database, (database.name, cities, *texts), build)


def ask(database: Path, question: str) -> list[tuple[Any, ...]]:
    """Ask as any client would: through the public name, read-only."""
    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute(question).fetchall()


def tables(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as it is stored."""
    names = ask(database, "select schema_name, table_name from duckdb_tables() order by all")
    return {name: ask(database, f"from {schema}.{name}") for schema, name in names}
