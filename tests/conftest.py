"""Shared fixtures: cohorts built by the production pipeline, and a guard around the repository's own database."""

import csv
import fcntl
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, settings

from lib.standard import STANDARDS
from tests.kept import built_once

ROOT = Path(__file__).parent.parent
CITIES, CYCLES, SEED = 60, 3, 7

Rows = Sequence[Mapping[str, object]]
"""Rows as dicts: one answer each (city, cycle, stage, criterion_id, response, …), or one city each."""

MakeCohort = Callable[..., Path]

# A busy machine is slow, not wrong: how long an example takes is no result.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests or a browser come first: a worker takes file by file, and a long one last is waited for."""
    long = {item.path for item in items if any(map(item.get_closest_marker, ("slow", "browser")))}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session", autouse=True)
def no_real_database() -> Iterator[None]:
    """Fail every test that opens the repository's own database: tests make theirs."""
    patch = pytest.MonkeyPatch()
    connect = duckdb.connect

    @wraps(connect)
    def guarded(*args: Any, **options: Any) -> duckdb.DuckDBPyConnection:
        database = str(args[0] if args else options.get("database", ":memory:"))
        if is_real(database):
            pytest.fail(f"A test opened the real database {database}; use the demo_database or cohort fixture.")
        return connect(*args, **options)

    patch.setattr(duckdb, "connect", guarded)
    patch.setenv("COHORT_DATABASE", str(ROOT / "tests" / "no-database-chosen.duckdb"))
    yield
    patch.undo()


def is_real(database: str) -> bool:
    """Is it the public name in data/, or a version beside it?"""
    return Path(database).parent.resolve() == ROOT / "data" and Path(database).name.startswith("cohort")


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public name of a demo database of 60 cities × 3 cycles (2023 to 2025), both stages. Read it, never change it.

    Built once a run: the workers of pytest-xdist share one folder and wait for whoever came first.
    """
    from pipelines.demo import build  # here, not above: tests of lib/ need no pipeline

    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    database = folder / "demo.duckdb"
    with (folder / "demo-once.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not database.exists():
            build(database, cities=CITIES, cycles=CYCLES, seed=SEED)
    return database


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Give `__main__` back after a test: Streamlit puts its script there, and new processes would begin by it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@contextmanager
def opened(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of a test's own, to a copy: DuckDB refuses a file that a Warehouse of this process holds open."""
    with TemporaryDirectory(prefix="opened-") as folder:
        copy = Path(folder) / "copy.duckdb"
        copyfile(database, copy)
        with duckdb.connect(copy, read_only=True) as connection:
            yield connection


@pytest.fixture
def cohort(tmp_path: Path) -> MakeCohort:
    """A function: answers (and cities) as dicts → the public name of a database that the production pipeline built.

    What a row leaves out is filled in: cycle 2025, stage validated, response Yes. Called again, it loads on top.
    The same rows are loaded once, and copied for each test after that.
    """
    from pipelines.load import Options, load

    def make(
        answers: Rows,
        cities: Rows = (),
        *,
        standard: str = "wwc-2022",
        standards: Path = STANDARDS,
        name: str = "cohort",
    ) -> Path:
        filled = [{"cycle": "2025", "stage": "validated", "response": "Yes"} | dict(row) for row in answers]
        paths = [_write(filled, tmp_path / f"answers-{len(list(tmp_path.glob('answers-*')))}.csv")]
        described = _write(cities, tmp_path / "cities.csv") if cities else None
        database = tmp_path / f"{name}.duckdb"
        options = Options(standard=standard, cities=described)
        if database.exists():
            load(paths, options, database, standards=standards)
            return database
        told = [path.read_bytes() for path in (*paths, described, *sorted(standards.glob("*.toml"))) if path]
        key = (name, paths[0].name, standard, *told)
        return built_once(database, key, lambda: load(paths, options, database, standards=standards))

    return make


def _write(rows: Rows, path: Path) -> Path:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(dict(row) for row in rows)
    return path
