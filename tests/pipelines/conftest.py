"""Survey exports written by the tests, read as the loader reads them."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from lib.standard import Area, Criterion, Standard
from pipelines.layouts import Table, examine, table_of
from pipelines.mapping import load_mapping

ROOT = Path(__file__).parent.parent.parent
EXPORTS = ROOT / ".." / "shared" / "data" / "survey_exports"
WOMEN = ROOT / ".." / "shared" / "data" / "women_business_law_2009_2018" / "WBL2019.csv"


@dataclass(frozen=True)
class Reading:
    """A table and what DuckDB finds through it, row numbers resolved as the loader resolves them."""

    table: Table
    rows: list[dict[str, object]]
    cities: list[dict[str, object]]

    def cells(self, *names: str) -> list[tuple[object, ...]]:
        """The named columns of every answer, in the order of the file."""
        return [tuple(row[name] for name in names) for row in self.rows]


ReadExport = Callable[..., Reading]


def csv_text(*records: list[str], delimiter: str = ",") -> str:
    """Records as delimited text, quoted where needed."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(records)
    return text.getvalue()


@pytest.fixture(scope="session")
def small() -> Standard:
    """Two areas; names with everything that headers get wrong."""
    return Standard(
        id="small",
        name="Small",
        version="1",
        source="the tests",
        aggregation="count",
        levels=(),
        areas=(
            Area(
                "DM",
                "Data",
                (
                    Criterion("DM1", "Inventory", "Your city keeps an inventory of “open” data—all of it."),
                    Criterion("DM2", "Privacy", "Is the city's data kept private?"),
                ),
            ),
            Area(
                "EVAL", "Evaluation", (Criterion("EVAL1", "Evaluation policy", "The city evaluates its programmes."),)
            ),
        ),
    )


@pytest.fixture
def read_export(tmp_path: Path, small: Standard) -> Iterator[ReadExport]:
    """Write content (bytes or text) under a name, or take a file as it is, and read it against a standard."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with duckdb.connect() as connection:

        def reading(
            content: bytes | str | Path,
            name: str = "export.csv",
            mapping: str | None = None,
            standard: Standard = small,
            *,
            repair: bool = False,
        ) -> Reading:
            path = content if isinstance(content, Path) else tmp_path / name
            if not isinstance(content, Path):
                path.write_bytes(content.encode() if isinstance(content, str) else content)
            told = load_mapping(_mapping_file(tmp_path, mapping))
            found = examine(path, path.name, standard, told, scratch=scratch, connection=connection, repair=repair)
            table = table_of(found)
            try:
                return Reading(table, _numbered(table, connection), _cities(table, connection))
            except duckdb.InvalidInputException:
                if repair:
                    raise
                return reading(path, name, mapping, standard, repair=True)

        yield reading


def _mapping_file(folder: Path, text: str | None) -> Path | None:
    if text is None:
        return None
    (folder / "mapping.toml").write_text(text, encoding="utf-8")
    return folder / "mapping.toml"


def _numbered(table: Table, connection: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    rows = _dicts(connection.execute(table.answers))
    if table.first_row is None:
        return rows
    return [
        {**row, "row": number, "column": table.headers["answer"]} for number, row in enumerate(rows, table.first_row)
    ]


def _cities(table: Table, connection: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    return _dicts(connection.execute(table.cities)) if table.cities else []


def _dicts(result: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
