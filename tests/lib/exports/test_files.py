"""Each format is read back by another library than wrote it and compared with the rows that went in."""

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from lib.exports import workbook
from lib.exports.cells import TEXT_MOST
from lib.exports.delimited import frame_csv
from lib.exports.formats import FORMATS, PLAIN, whole
from lib.exports.parquet import is_sound
from lib.exports.table import SHA256
from lib.exports.workbook import TooManyRowsError
from tests.lib.exports.conftest import BUILT, HOSTILE, export, mixed

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=20)


def file(format_: str, rows: pa.Table, cut: int = 5) -> bytes:
    return whole(FORMATS[format_], export(rows, cut))


def plain_file(format_: str, rows: pa.Table, cut: int = 5) -> bytes:
    return whole(PLAIN[format_], export(rows, cut))


def packed(format_: str, rows: pa.Table, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(file(format_, rows))) as package:
        assert package.testzip() is None
        return package.read(name)


def sheet(rows: pa.Table, name: str, cut: int = 5) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(file("xlsx", rows, cut)))
    return list(book[name].iter_rows(values_only=True))


def given_back(text: str) -> str:
    """The text of a CSV as it was: what the receipt tells to do."""
    return re.sub(r"^'('*[=+\-@\t\r])", r"\1", text)


def test_csv_read_by_duckdb_has_the_rows_with_formulas_neutralised(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(plain_file("csv", mixed()))
    read = duckdb.sql(f"from read_csv('{tmp_path / 'r.csv'}', all_varchar = true, allow_quoted_nulls = false)").df()
    neutralised = [f"'{text}" if text and text[0] in "=+-@\t\r" else text for text in HOSTILE]
    assert read["evidence"].replace({float("nan"): None}).tolist() == neutralised
    assert read["population"].astype(float).fillna(-1).tolist() == [-1, *range(1, 12)]
    assert read["share"].astype(float).tolist()[1:] == [1 / n for n in range(1, 12)]
    assert read["updated_at"].tolist()[1] == "2025-01-02T03:04:05"


def test_csv_read_by_polars_has_the_same_rows() -> None:
    read = pl.read_csv(plain_file("csv", mixed()), try_parse_dates=True)
    assert read["share"].to_list()[1:] == [1 / n for n in range(1, 12)]
    assert read["updated_at"].to_list()[1].isoformat() == "2025-01-02T03:04:05"


def test_csv_comes_with_or_without_a_byte_order_mark_and_with_its_paperwork() -> None:
    assert plain_file("csv", mixed()).startswith(b'"evidence"')
    assert plain_file("csv-excel", mixed()) == b"\xef\xbb\xbf" + plain_file("csv", mixed())
    assert packed("csv", mixed(), "responses.csv") == plain_file("csv", mixed())
    assert packed("csv-excel", mixed(), "responses.csv") == plain_file("csv-excel", mixed())
    codebook = pd.read_csv(io.BytesIO(packed("csv", mixed(), "codebook.csv")))
    assert codebook["column"].tolist() == mixed().column_names
    receipt = packed("csv", mixed(), "receipt.txt").decode()
    assert receipt.startswith("title: Responses\n")
    assert "rows: 12\nSHA-256" in receipt
    assert "filter: cycle: 2026\n" in receipt
    assert "apostrophe" in receipt


@given(TEXTS)
def test_a_neutralised_formula_can_be_given_back(texts: list[str]) -> None:
    hostile = [*texts, *(f"'{text}" for text in texts), *(f"={text}" for text in texts), "'=1", "''-x", "'x"]
    written = plain_file("csv", pa.table({"evidence": hostile}))
    read = duckdb_free_csv(written)
    assert not any(re.match(r"[=+\-@\t\r]", text) for text in read)
    assert [given_back(text) for text in read] == hostile


def duckdb_free_csv(content: bytes) -> list[str]:
    """The cells of a column, by the rules of RFC 4180 alone."""
    quoted = re.findall(r'"((?:[^"]|"")*)"\n', content.decode())
    return [text.replace('""', '"') for text in quoted[1:]]


def test_a_negative_number_is_no_formula() -> None:
    assert plain_file("csv", pa.table({"change": [-0.5, 2]})).decode().splitlines()[1:] == ["-0.5", "2"]


def test_a_table_of_the_screen_is_csv_for_excel() -> None:
    written = frame_csv(pd.DataFrame({"=Name": ["=1", "x"], "Change": [-1.5, 2]}))
    assert written == b'\xef\xbb\xbf"\'=Name","Change"\n"\'=1",-1.5\n"x",2\n'


@pytest.mark.parametrize("reader", ["duckdb", "pandas", "polars"])
def test_parquet_has_the_rows_as_they_are(tmp_path: Path, reader: str) -> None:
    path = tmp_path / "r.parquet"
    path.write_bytes(file("parquet", mixed()))
    frames = {"duckdb": lambda: duckdb.read_parquet(str(path)).df(), "pandas": lambda: pd.read_parquet(path)}
    read = frames[reader]() if reader in frames else pl.read_parquet(path).to_pandas()
    assert read["evidence"].replace({float("nan"): None}).tolist() == HOSTILE
    assert read["population"].tolist()[1:] == list(range(1, 12))
    assert pd.isna(read["population"][0])
    assert read["updated_at"][1] == pd.Timestamp(2025, 1, 2, 3, 4, 5)


@pytest.mark.parametrize("format_", ["parquet", "arrow"])
def test_parquet_and_arrow_carry_receipt_codebook_and_mark(format_: str) -> None:
    content = io.BytesIO(file(format_, mixed()))
    schema = pq.read_schema(content) if format_ == "parquet" else pa.ipc.open_file(content).schema
    assert json.loads(schema.metadata[b"receipt"])["filter: cycle"] == "2026"
    assert [entry["column"] for entry in json.loads(schema.metadata[b"codebook"])] == mixed().column_names
    assert schema.metadata[b"synthetic"] == b"true"
    assert schema.field("share").metadata[b"description"] == b"What share means."


def test_arrow_read_by_polars_has_the_rows_as_they_are() -> None:
    read = pl.read_ipc(io.BytesIO(file("arrow", mixed())))
    assert read["share"].to_list() == mixed()["share"].to_pylist()


@pytest.mark.parametrize("format_", ["jsonl", "json"])
def test_json_read_by_python_has_the_rows_as_they_are(format_: str) -> None:
    text = plain_file(format_, mixed()).decode()
    rows = json.loads(text) if format_ == "json" else [json.loads(line) for line in text.splitlines()]
    assert [row["evidence"] for row in rows] == HOSTILE
    assert [row["share"] for row in rows] == mixed()["share"].to_pylist()
    assert rows[1]["updated_at"] == "2025-01-02T03:04:05"
    assert [row["is_new"] for row in rows[:3]] == [None, True, False]


def test_a_duckdb_file_has_the_rows_their_comments_and_the_receipt(tmp_path: Path) -> None:
    (tmp_path / "r.duckdb").write_bytes(file("duckdb", mixed()))
    with duckdb.connect(tmp_path / "r.duckdb", read_only=True) as connection:
        assert connection.sql("from responses").to_arrow_table().to_pylist() == mixed().to_pylist()
        comments = dict(connection.sql("select column_name, comment from duckdb_columns()").fetchall())
        receipt = dict(connection.sql("from receipt").fetchall())
    assert comments["share"] == "What share means."
    assert receipt["title"] == "Responses"
    assert SHA256 in receipt


@settings(max_examples=30)
@given(TEXTS)
def test_any_text_survives_parquet_json_and_opens_as_xlsx(texts: list[str]) -> None:
    rows = pa.table({"evidence": texts})
    assert pd.read_parquet(io.BytesIO(file("parquet", rows)))["evidence"].tolist() == texts
    assert [row["evidence"] for row in json.loads(plain_file("json", rows))] == texts
    assert len(sheet(rows, "data")) == len(texts) + 1


@pytest.mark.parametrize("format_", FORMATS)
def test_no_rows_make_a_file(format_: str) -> None:
    assert file(format_, mixed().slice(0, 0))


@pytest.mark.parametrize("format_", [*PLAIN])
@pytest.mark.parametrize("cut", [1, 100])
def test_bytes_do_not_depend_on_how_the_rows_came(format_: str, cut: int) -> None:
    assert plain_file(format_, mixed(), cut) == plain_file(format_, mixed())


@pytest.mark.parametrize("format_", [name for name in FORMATS if name not in ("duckdb", "sav", "dta")])
def test_the_same_rows_give_the_same_bytes(format_: str) -> None:
    assert file(format_, mixed()) == file(format_, mixed())


def test_every_receipt_has_the_digest_of_the_table_as_csv() -> None:
    told = hashlib.sha256(plain_file("csv", mixed())).hexdigest()
    assert packed("csv-excel", mixed(), "receipt.txt").decode().count(told) == 1
    for format_ in ("csv", "jsonl", "sav", "dta"):
        assert json.loads(packed(format_, mixed(), "receipt.json"))[SHA256].startswith(told)
    assert is_sound(file("parquet", mixed()))
    assert not is_sound(file("parquet", mixed()).replace(b"Aur", b"Bur", 1))
    assert dict(sheet(mixed(), "about")[1:])[SHA256].startswith(told)


def test_xlsx_read_by_openpyxl_has_the_rows_with_their_types() -> None:
    header, *rows = sheet(mixed(), "data")
    assert list(header) == mixed().column_names
    assert [row[0] for row in rows] == [*HOSTILE[:9], "_x005F_x0041_", "", None]  # openpyxl leaves the escape in
    assert [row[1] for row in rows] == ["a", "b"] * 6
    assert [row[2] for row in rows] == [None, *range(1, 12)]
    assert [row[3] for row in rows] == [None, *(pytest.approx(1 / n, rel=1e-15) for n in range(1, 12))]
    assert rows[1][4] == mixed()["updated_at"].to_pylist()[1]
    assert [row[5] for row in rows[1:3]] == [True, False]


def test_xlsx_formulas_are_text_for_good_and_the_escape_is_read_as_excel_reads_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(file("xlsx", mixed())))
    assert {cell.data_type for cell in book["data"]["A"][1:7]} <= {"s", "inlineStr"}
    assert all(cell.quotePrefix for cell in book["data"]["A"][1:7])
    other = CalamineWorkbook.from_filelike(io.BytesIO(file("xlsx", mixed())))
    assert other.get_sheet_by_name("data").to_python()[10][0] == "_x0041_"


def test_xlsx_has_its_four_sheets_with_frozen_headers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(file("xlsx", mixed())))
    assert book.sheetnames == ["about", "data", "codebook", "filters"]
    assert {book[name].freeze_panes for name in book.sheetnames} == {"A2"}
    assert ("title", "Responses") in sheet(mixed(), "about")
    assert [row[0] for row in sheet(mixed(), "codebook")[1:]] == mixed().column_names
    assert sheet(mixed(), "filters")[1:] == [("cycle", "2026")]
    assert book.properties.created == BUILT.replace(tzinfo=None)
    assert "ynthetic" in book.properties.description
    assert book["data"].auto_filter.ref == "A1:G13"
    assert book["data"].dimensions == "A1:G13"


def test_xlsx_keeps_the_colours_of_the_heatmap() -> None:
    rows = pa.table({"DM1": ["met", None], "share": [0.5, None], "name": ["met", "Lima"]})
    tints = openpyxl.load_workbook(io.BytesIO(file("xlsx", rows)))["data"].conditional_formatting
    kinds = {str(tint.sqref): [rule.type for rule in tint.rules] for tint in tints}
    assert kinds == {"A2:A3": ["cellIs"] * 6, "B2:B3": ["containsBlanks", *["cellIs"] * 5]}


def test_xlsx_cuts_a_text_that_no_cell_can_hold_and_says_so() -> None:
    cut, kept = (row[0] for row in sheet(pa.table({"evidence": ["x" * 40_000, "y" * TEXT_MOST]}), "data")[1:])
    assert len(str(cut)) == TEXT_MOST
    assert "CSV and Parquet hold the whole text" in str(cut)
    assert kept == "y" * TEXT_MOST


def test_xlsx_refuses_more_rows_than_a_sheet_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS_MOST", 3)
    with pytest.raises(TooManyRowsError, match="CSV or Parquet"):
        file("xlsx", mixed())


def test_xlsx_of_many_batches_keeps_every_row_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    header, *once = sheet(mixed(), "data")
    monkeypatch.setattr(workbook, "_BATCH", 100)  # in which texts repeat, and a last one in which they hardly do
    assert sheet(pa.concat_tables([mixed()] * 20).combine_chunks(), "data", cut=1000) == [header, *once * 20]
