"""The demo cohort as files: a long CSV per cycle, cities.csv and certified.csv, the same bytes for the same seed."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from lib.standard import Standard
from pipelines.demo.answers import answer
from pipelines.demo.certificates import certified_lines
from pipelines.demo.cohort import HERE, Cohort, DemoError, invent_cohort
from pipelines.demo.lines import WORDS, Lines, cycle_lines

LAST_CYCLE = 2025


@dataclass(frozen=True)
class DemoFiles:
    """Where the demo was written: `responses` has one file per cycle, oldest first; `certified` is None where no city
    reaches a level.
    """

    cities: Path
    responses: tuple[Path, ...]
    certified: Path | None


def generate(cities: int, cycles: int, seed: int, standard: Standard, folder: Path) -> DemoFiles:
    """Write the demo into `folder`. Cycles are years and end in 2025. Raises DemoError."""
    if cities < 1 or cycles < 1:
        raise DemoError("The demo needs at least one city and one cycle.")
    random = np.random.default_rng(seed)
    cohort = invent_cohort(cities, cycles, random)
    answers = answer(cohort, standard, random)
    folder.mkdir(parents=True, exist_ok=True)
    years = [str(LAST_CYCLE - cycles + 1 + cycle) for cycle in range(cycles)]
    # Drawn apart, so that the answers are the same with and without it.
    lines = list(certified_lines(cohort, answers, standard, years, np.random.default_rng([seed, 1])))
    files = DemoFiles(
        folder / "cities.csv",
        tuple(folder / f"responses-{year}.csv" for year in years),
        folder / "certified.csv" if lines else None,
    )
    _write_cities(cohort, files.cities)
    if files.certified:
        _write_table(files.certified, ("city_id", "city", "cycle", "level", "announced_on"), lines)
    with duckdb.connect() as connection:
        connection.execute(
            "create table cities as from read_csv($path, all_varchar = true)", {"path": str(files.cities)}
        )
        for cycle, (year, path) in enumerate(zip(years, files.responses, strict=True)):
            _write_lines(cycle_lines(cohort, answers, standard, cycle, random), year, standard, path, connection)
    return files


def _write_cities(cohort: Cohort, path: Path) -> None:
    columns = (cohort.city_id, cohort.name, cohort.country, cohort.region, cohort.population, cohort.government)
    header = ("city_id", "city", "country", "region", "population", "government")
    _write_table(path, header, zip(*columns, strict=True))


def _write_table(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _write_lines(
    lines: Lines, cycle: str, standard: Standard, path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """Turn positions into words and write one cycle's file: a million lines take DuckDB about a second."""
    connection.register("line", lines)
    criteria = [criterion.id for criterion in standard.criteria]
    values = {"cycle": cycle, "criteria": criteria, "words": WORDS, "path": str(path)}
    connection.execute((HERE / "export.sql").read_text(encoding="utf-8"), values)
    connection.unregister("line")
