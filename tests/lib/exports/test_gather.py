"""The four tables as files: exactly the selection, every column described, a full receipt, the same bytes again."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import duckdb
import openpyxl
import pandas as pd
import pytest

from lib.exports.delimited import csv_package
from lib.exports.gather import TITLES, file_stem, gather, offered
from lib.exports.parquet import parquet_bytes
from lib.exports.table import Export
from lib.exports.workbook import xlsx_bytes
from lib.queries.choices import read_choices
from lib.queries.figures import cohort_size
from lib.queries.standards import read_standard
from lib.queries.tables import EXPORTS
from lib.selection import Choices, Selection
from lib.standard import load_standards
from lib.warehouse import Warehouse, open_current
from tests.conftest import MakeCohort, opened

EACH = pytest.mark.parametrize("name", list(TITLES))


class Asked(NamedTuple):
    """A database, what may be asked of it, and a selection of two countries of it."""

    warehouse: Warehouse
    choices: Choices
    selection: Selection

    def gather(self, name: str, limit: int | None = None) -> Export:
        cities, _ = cohort_size(self.warehouse, self.selection)
        standard = read_standard(self.warehouse, self.selection.standard)
        return gather(
            name,
            warehouse=self.warehouse,
            selection=self.selection,
            choices=self.choices,
            standard=standard,
            cities=cities,
            limit=limit,
        )


@pytest.fixture
def asked(demo_database: Path) -> Asked:
    warehouse = open_current(demo_database)
    choices = read_choices(warehouse)
    countries = next(attribute for attribute in choices.attributes if attribute.id == "country").values[:2]
    return Asked(warehouse, choices, Selection.from_params({"country": list(countries)}, choices))


def in_database(database: Path, selection: Selection, mart: str) -> int:
    """Rows of a mart for the selection, counted one by one."""
    (_, countries), *_ = selection.attributes
    with opened(database) as connection:
        country = dict(connection.execute("select city_id::text, country from city").fetchall())
        rows = connection.table(mart).select("city_id::text, cycle::text, stage::text").fetchall()
    asked = (selection.cycle, selection.stage)
    return sum(country[city] in countries and tuple(rest) == asked for city, *rest in rows)


def test_every_exported_table_has_a_title() -> None:
    assert TITLES.keys() == EXPORTS.keys()


def test_a_standard_without_families_offers_no_table_of_them() -> None:
    standard = load_standards()["wwc-2022"]
    assert list(offered(standard)) == list(TITLES)
    assert set(TITLES) - set(offered(replace(standard, families=()))) == {"family_scores"}


@pytest.mark.parametrize(
    ("name", "mart"),
    [
        ("responses", "response"),
        ("area_scores", "area_score"),
        ("family_scores", "family_score"),
        ("city_scores", "city_score"),
    ],
)
def test_a_file_has_as_many_rows_as_the_selection(asked: Asked, demo_database: Path, name: str, mart: str) -> None:
    rows = asked.gather(name).rows
    assert rows.num_rows == in_database(demo_database, asked.selection, mart) > 0
    assert set(rows["country"].to_pylist()) <= set(dict(asked.selection.attributes)["country"])


@EACH
def test_the_three_formats_hold_the_same_rows(asked: Asked, tmp_path: Path, name: str) -> None:
    export = asked.gather(name)
    (tmp_path / "rows.parquet").write_bytes(parquet_bytes(export))
    parquet = duckdb.read_parquet(str(tmp_path / "rows.parquet")).fetchall()
    header, *sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(export)))["data"].iter_rows(values_only=True)
    with zipfile.ZipFile(io.BytesIO(csv_package(export))) as package:
        csv = pd.read_csv(io.BytesIO(package.read(f"{name}.csv")))
    assert list(header) == list(csv.columns) == export.rows.column_names
    assert len(parquet) == len(sheet) == len(csv) == export.rows.num_rows
    assert [row[3] for row in parquet] == [row[3] for row in sheet] == csv.iloc[:, 3].tolist()
    assert [row[-1] for row in sheet] == [row[-1] for row in parquet]


@EACH
def test_the_codebook_describes_every_column(asked: Asked, name: str) -> None:
    export = asked.gather(name, limit=1)
    assert export.codebook["column"].tolist() == export.rows.column_names
    assert not export.codebook["description"].str.contains("Not described").any()
    assert export.codebook["description"].str.len().min() > 0


@EACH
def test_the_same_selection_of_the_same_database_gives_the_same_bytes(asked: Asked, name: str) -> None:
    for write in (csv_package, parquet_bytes, xlsx_bytes):
        assert write(asked.gather(name)) == write(asked.gather(name))


def test_the_receipt_says_what_was_selected_and_where_it_comes_from(asked: Asked) -> None:
    export = asked.gather("responses")
    facts, filters = dict(export.receipt.facts), dict(export.receipt.filters)
    cities = len(set(export.rows["city_id"].to_pylist()))
    first, second = dict(asked.selection.attributes)["country"]
    assert facts["selection"].startswith(f"{cities} cities in the 2025 cycle, validated answers, {first} or {second}")
    assert "compared with" not in facts["selection"]
    assert facts["address"].count("country=") == 2
    assert facts["rows"] == f"{export.rows.num_rows:,}"
    assert facts["cities"] == str(cities)
    assert facts["standard"] == "wwc-2022: What Works Cities Certification, version 2022"
    assert facts["level"].startswith("Silver from 22, Gold from 30, Platinum from 37 (criteria met, of 43)")
    assert facts["database version"] == asked.warehouse.version
    assert "fewer than 5 answers" in facts["minimum number"]
    assert "SHA-256" in facts["source 1"]
    assert facts["data"].startswith("Synthetic")
    assert filters["Country"] == f"{first}, {second}"
    assert filters["level"] == "all"


def test_a_preview_is_short_but_its_receipt_is_that_of_the_whole(asked: Asked) -> None:
    shown, whole = asked.gather("responses", limit=3), asked.gather("responses")
    assert shown.rows.num_rows == 3 < whole.rows.num_rows
    assert shown.receipt == whole.receipt


def test_real_data_are_not_marked_synthetic_and_hostile_names_survive(cohort: MakeCohort) -> None:
    name = '=HYPERLINK("https://example.org";"<b>")'
    database = cohort([{"city": name, "criterion_id": "DM1"}, {"city": "Lima", "criterion_id": "DM1"}])
    warehouse = open_current(database)
    choices = read_choices(warehouse)
    export = Asked(warehouse, choices, Selection.from_params({}, choices)).gather("responses")
    assert not export.receipt.synthetic
    assert "data" not in dict(export.receipt.facts)
    assert name in export.rows["city"].to_pylist()
    with zipfile.ZipFile(io.BytesIO(csv_package(export))) as package:
        assert f"'{name}" in pd.read_csv(io.BytesIO(package.read("responses.csv")))["city"].tolist()
    parquet = pd.read_parquet(io.BytesIO(parquet_bytes(export)))
    assert name in parquet["city"].tolist()


def test_parquet_metadata_names_the_selection(asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "rows.parquet").write_bytes(parquet_bytes(asked.gather("city_scores")))
    sql = "select decode(value) from parquet_kv_metadata(?) where decode(key) = 'receipt'"
    receipt = json.loads(duckdb.execute(sql, [str(tmp_path / "rows.parquet")]).fetchall()[0][0])
    assert receipt["filter: cycle"] == asked.selection.cycle


def test_a_file_name_says_what_is_inside(asked: Asked) -> None:
    assert file_stem("responses", asked.selection, "v1", synthetic=False) == "wwc-2022_responses_2025_validated_v1"
    invented = file_stem("responses", asked.selection, "v1", synthetic=True)
    assert invented == "wwc-2022_responses_2025_validated_v1_demonstration-data"
    assert "/" not in file_stem("responses", Selection("s", "2024/25", "validated"), "v1", synthetic=False)
