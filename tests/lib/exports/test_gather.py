"""Tables of the selection as files: exactly the selection, every column described, a full receipt, the same bytes."""

import io
import json
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest

from lib.exports.formats import FORMATS, PLAIN, whole
from lib.exports.gather import file_stem, preview
from lib.exports.request import OPEN, TITLES, Request, shapes
from lib.exports.table import SHA256
from lib.queries import extract
from lib.queries.tables import EXPORTS
from lib.selection import Selection
from tests.conftest import MakeCohort, opened
from tests.lib.exports.conftest import Asked, ask

EACH = pytest.mark.parametrize("table", list(TITLES))
SHAPED = pytest.mark.parametrize(("table", "shape"), [(table, shape) for table in TITLES for shape in shapes(table)])


def in_database(database: Path, selection: Selection, mart: str) -> int:
    """Rows of a mart for the selection, counted one by one."""
    (_, countries), *_ = selection.attributes
    with opened(database) as connection:
        country = dict(connection.execute("select city_id::text, country from city").fetchall())
        rows = connection.table(mart).select("city_id::text, cycle::text, stage::text").fetchall()
    asked = (selection.cycle, selection.stage)
    return sum(country[city] in countries and tuple(rest) == asked for city, *rest in rows)


def test_every_exported_table_has_a_title() -> None:
    assert TITLES.keys() | OPEN.values() == EXPORTS.keys()


@pytest.mark.parametrize(
    ("table", "mart"),
    [
        ("responses", "response"),
        ("area_scores", "area_score"),
        ("family_scores", "family_score"),
        ("city_scores", "city_score"),
        ("cities", "assessment"),
    ],
)
def test_a_file_has_as_many_rows_as_the_selection(asked: Asked, demo_database: Path, table: str, mart: str) -> None:
    export = asked.gather(table)
    assert export.rows.num_rows == in_database(demo_database, asked.selection, mart) > 0
    assert dict(export.receipt.facts)["rows"] == f"{export.rows.num_rows:,}"
    assert set(export.rows["country"].to_pylist()) <= set(dict(asked.selection.attributes)["country"])


@SHAPED
def test_blocks_are_the_whole_table_in_order(
    demo_database: Path, table: str, shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(demo_database, {})
    rows = asked.gather(table, shape).rows
    monkeypatch.setattr(extract, "FIRST", 3)
    monkeypatch.setattr(extract, "BLOCK", 4)
    blocks = list(asked.gather(table, shape).blocks())
    assert pa.concat_tables(blocks).equals(rows)
    assert (len(blocks) > 2) == ("city_id" in rows.column_names and shape == "long")


@SHAPED
def test_the_formats_hold_the_same_rows(asked: Asked, tmp_path: Path, table: str, shape: str) -> None:
    export = asked.gather(table, shape)
    (tmp_path / "rows.parquet").write_bytes(whole(FORMATS["parquet"], export))
    parquet = duckdb.read_parquet(str(tmp_path / "rows.parquet")).fetchall()
    book = openpyxl.load_workbook(io.BytesIO(whole(FORMATS["xlsx"], export)))
    header, *sheet = book["data"].iter_rows(values_only=True)
    csv = pd.read_csv(io.BytesIO(whole(PLAIN["csv"], export)))
    assert list(header) == list(csv.columns) == export.rows.column_names
    assert len(parquet) == len(sheet) == len(csv) == export.rows.num_rows
    assert [row[3] for row in parquet] == [row[3] for row in sheet] == csv.iloc[:, 3].astype(str).tolist()
    assert [row[-1] for row in sheet] == [row[-1] for row in parquet]


@SHAPED
def test_the_codebook_describes_every_column(asked: Asked, table: str, shape: str) -> None:
    export = asked.gather(table, shape, limit=1)
    assert export.codebook["column"].tolist() == export.rows.column_names
    assert not export.codebook["description"].str.contains("Not described").any()
    assert export.codebook["description"].str.len().min() > 0


@EACH
def test_the_same_selection_of_the_same_database_gives_the_same_bytes(asked: Asked, table: str) -> None:
    for format_ in ("csv", "parquet", "xlsx", "jsonl", "arrow"):
        assert whole(FORMATS[format_], asked.gather(table)) == whole(FORMATS[format_], asked.gather(table))


@SHAPED
def test_the_statement_gives_the_rows(asked: Asked, demo_database: Path, table: str, shape: str) -> None:
    export = asked.gather(table, shape)
    with opened(demo_database) as connection:
        rows = connection.sql(export.sql).to_arrow_table()
    own = [name for name in export.rows.column_names if name in rows.column_names]
    assert set(export.rows.column_names) - set(own) <= {"low", "high", "p_value"}
    assert rows.to_pandas().astype(str).equals(export.rows.select(own).to_pandas().astype(str))


def test_a_wide_table_has_the_statuses_of_the_long_one(asked: Asked) -> None:
    rows, table = asked.gather().rows.to_pandas(), asked.gather("responses", "wide").rows.to_pandas()
    given = rows.pivot_table(index="city_id", columns="criterion_id", values="status", aggfunc="first")
    shown = table.set_index("city_id")[[criterion.id for criterion in asked.standard.criteria]]
    assert shown.astype(str).equals(given[shown.columns].loc[shown.index].fillna("not_answered").astype(str))
    scores, areas = asked.gather("area_scores").rows.to_pandas(), asked.gather("area_scores", "wide").rows.to_pandas()
    spread = scores.pivot_table(index="city_id", columns="area_id", values="met").loc[areas["city_id"]]
    assert areas["DM_met"].tolist() == spread["DM"].tolist()


def test_columns_are_those_asked_for_in_the_order_of_the_table(asked: Asked) -> None:
    export = asked.gather("responses", "long", "status", "city_id", "nonsense", 'x"; drop table city')
    assert export.rows.column_names == export.codebook["column"].tolist() == ["city_id", "status"]
    assert dict(export.receipt.facts)["columns"] == "city_id, status"
    assert "columns=city_id%2Cstatus" in dict(export.receipt.facts)["address"]
    assert asked.gather("responses", "long", "nonsense").rows.num_columns > 2
    assert asked.gather("panel_changes", "long", "criterion_id", "low").rows.column_names == ["criterion_id", "low"]


def test_segments_are_one_column_and_no_more_rows(demo_database: Path) -> None:
    first, second, *_ = next(a for a in ask(demo_database, {}).choices.attributes if a.id == "country").values
    asked = ask(demo_database, {"segment": f"One~country.{first}~~Two~country.{first}~country.{second}"})
    rows, alone = asked.gather("cities").rows, ask(demo_database, {}).gather("cities").rows
    assert rows.num_rows == alone.num_rows
    known = {first: "One; Two", second: "Two"}
    assert rows["segment"].to_pylist() == [known.get(country) for country in rows["country"].to_pylist()]
    assert "segment" not in alone.column_names
    wide = asked.gather("responses", "wide").rows
    assert wide["segment"].to_pylist() == rows["segment"].to_pylist()


def test_panel_changes_keep_small_panels_to_themselves(cohort: MakeCohort) -> None:
    rows = [
        {"city": f"City {n}", "cycle": cycle, "criterion_id": id_, "response": "Yes" if cycle == "2025" else "No"}
        for id_, many in (("DM1", 6), ("DM2", 4))
        for n in range(many)
        for cycle in ("2024", "2025")
    ]
    changes = ask(cohort(rows), {}).gather("panel_changes").rows.to_pandas().set_index("criterion_id")
    assert changes.loc["DM1", ["panel", "gained", "lost", "change"]].tolist() == [6, 6, 0, 1.0]
    assert 0 < changes.loc["DM1", "low"] < changes.loc["DM1", "high"] <= 1
    assert changes.loc["DM1", "p_value"] == pytest.approx(2 * 0.5**6)
    assert changes.loc["DM2", "panel"] == 4
    assert changes.loc["DM2", "kept":"p_value"].isna().all()


def test_the_receipt_says_what_was_selected_and_where_it_comes_from(asked: Asked) -> None:
    export = asked.gather("responses")
    facts, filters = dict(export.receipt.facts), dict(export.receipt.filters)
    cities = len(set(export.rows["city_id"].to_pylist()))
    first, second = dict(asked.selection.attributes)["country"]
    assert facts["selection"].startswith(f"{cities} cities in the 2025 cycle, validated answers, {first} or {second}")
    assert "compared with" not in facts["selection"]
    assert "compared with 2024" in dict(asked.gather("panel_changes").receipt.facts)["selection"]
    assert facts["address"].count("country=") == 2
    assert facts["address"].startswith("?country=") or "cycle=2025" in facts["address"]
    assert facts["rows"] == f"{export.rows.num_rows:,}"
    assert facts["cities"] == str(cities)
    assert facts["standard"] == "wwc-2022: What Works Cities Certification, version 2022"
    assert facts["level"].startswith("Silver from 22, Gold from 30, Platinum from 37 (criteria met, of 43)")
    assert facts["database version"] == asked.warehouse.version
    assert facts["view"] == "the whole database"
    assert "fewer than 5 answers" in facts["minimum number"]
    assert "SHA-256" in facts["source 1"]
    assert facts["data"].startswith("Synthetic")
    assert filters["Country"] == f"{first}, {second}"
    assert filters["level"] == "all"
    assert SHA256 not in facts
    assert dict(export.receipt.sealed("abc").facts)[SHA256].startswith("abc ")


@SHAPED
def test_the_address_of_a_receipt_asks_for_the_same_again(asked: Asked, table: str, shape: str) -> None:
    from urllib.parse import parse_qs

    export = asked.gather(table, shape, "standard_id", "area_id", "DM1")
    params = parse_qs(dict(export.receipt.facts)["address"].removeprefix("?"))
    again = ask(asked.warehouse.path, params)
    assert again.request(Request.from_params(params, again.standard)).rows.equals(export.rows)


def test_a_preview_is_short_but_its_receipt_is_that_of_the_whole(asked: Asked) -> None:
    shown, all_ = asked.gather("responses", limit=3), asked.gather("responses")
    assert shown.rows.num_rows == 3 < all_.rows.num_rows
    assert dict(shown.receipt.facts)["rows"] == dict(all_.receipt.facts)["rows"]
    assert preview(all_, 3).equals(shown.rows)


def test_a_limit_and_an_offset_cut_the_table(asked: Asked) -> None:
    part = asked.request(Request("responses", limit=4, offset=7)).rows
    assert part.equals(asked.gather().rows.slice(7, 4))


def test_real_data_are_not_marked_synthetic_and_hostile_names_survive(cohort: MakeCohort) -> None:
    name = '=HYPERLINK("https://example.org";"<b>")'
    database = cohort([{"city": name, "criterion_id": "DM1"}, {"city": "Lima", "criterion_id": "DM1"}])
    export = ask(database, {}).gather()
    assert not export.receipt.synthetic
    assert "data" not in dict(export.receipt.facts)
    assert name in export.rows["city"].to_pylist()
    with zipfile.ZipFile(io.BytesIO(whole(FORMATS["csv"], export))) as package:
        assert f"'{name}" in pd.read_csv(io.BytesIO(package.read("responses.csv")))["city"].tolist()
    assert name in pd.read_parquet(io.BytesIO(whole(FORMATS["parquet"], export)))["city"].tolist()


def test_no_file_holds_a_name_outside_the_selection(asked: Asked) -> None:
    names = set(ask(asked.warehouse.path, {}).gather("cities").rows["city_id"].to_pylist())
    export = asked.gather("cities")
    others = names - set(export.rows["city_id"].to_pylist())
    assert others
    for format_ in ("parquet", "arrow", "duckdb"):
        content = whole(FORMATS[format_], export)
        assert not any(name.encode() in content for name in others)


def test_parquet_metadata_names_the_selection(asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "rows.parquet").write_bytes(whole(FORMATS["parquet"], asked.gather("city_scores")))
    sql = "select decode(value) from parquet_kv_metadata(?) where decode(key) = 'receipt'"
    receipt = json.loads(duckdb.execute(sql, [str(tmp_path / "rows.parquet")]).fetchall()[0][0])
    assert receipt["filter: cycle"] == asked.selection.cycle


def test_a_file_name_says_what_is_inside(asked: Asked) -> None:
    usual, wide = Request(), Request("responses", "wide")
    assert file_stem(usual, asked.selection, "v1", synthetic=False) == "wwc-2022_responses_2025_validated_v1"
    invented = file_stem(wide, asked.selection, "v1", synthetic=True)
    assert invented == "wwc-2022_responses-wide_2025_validated_v1_demonstration-data"
    assert "/" not in file_stem(usual, Selection("s", "2024/25", "validated"), "v1", synthetic=False)
