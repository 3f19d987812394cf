"""The world of `world.py` as a database, built once by the production pipeline."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from lib.queries.choices import read_choices
from lib.selection import Choices
from lib.warehouse import Warehouse, open_current
from tests.lib.queries.world import STANDARD, WORDS, World, make

POPULATION = {"Under 50,000": 10_000, "50,000 to 99,999": 60_000, "100,000 to 249,999": 100_000}


@pytest.fixture(scope="session")
def world() -> World:
    return make(seed=11)


@pytest.fixture(scope="session")
def database(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from pipelines.load import Options, load

    folder = tmp_path_factory.mktemp("world")
    (folder / "standards").mkdir()
    (folder / "standards" / "towns.toml").write_text(STANDARD, encoding="utf-8")
    answers = [
        dict(zip(("city_id", "cycle", "stage"), key, strict=True)) | {"criterion_id": id_, "response": WORDS[status]}
        for key, given in world.given.items()
        for id_, status in given.items()
    ]
    cities = [
        {
            "city_id": id_,
            "city": name,
            "country": world.attributes[id_].get("country", ""),
            "population": POPULATION.get(world.attributes[id_].get("population_band", ""), ""),
        }
        for id_, name in world.names.items()
    ]
    options = Options(standard="towns", cities=_write(cities, folder / "cities.csv"))
    public = folder / "cohort.duckdb"
    load([_write(answers, folder / "answers.csv")], options, public, standards=folder / "standards")
    return public


@pytest.fixture(scope="session")
def warehouse(database: Path) -> Warehouse:
    return open_current(database)


@pytest.fixture(scope="session")
def choices(warehouse: Warehouse) -> Choices:
    return read_choices(warehouse)


def _write(rows: Sequence[Mapping[str, object]], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
