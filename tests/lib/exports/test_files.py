"""Each format is read back by another library than wrote it and compared with the rows that went in."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from lib.exports import workbook
from lib.exports.cells import TEXT_MOST
from lib.exports.delimited import csv_package
from lib.exports.parquet import parquet_bytes
from lib.exports.table import Export, Receipt, plain, type_word
from lib.exports.workbook import TooManyRowsError, xlsx_bytes

BUILT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "<&>\"'", "a,b;c\nd", "São Aurélio", "_x0041_", "", None]


def export(rows: pa.Table) -> Export:
    columns = [(field.name, type_word(field.type), f"What {field.name} means.") for field in rows.schema]
    receipt = Receipt("Responses", (("rows", str(rows.num_rows)),), (("cycle", "2026"),), BUILT, synthetic=True)
    codebook = pd.DataFrame(columns, columns=["column", "type", "description"], dtype="str")
    return Export("responses", rows, codebook, receipt)


def mixed() -> pa.Table:
    count = len(HOSTILE)
    return plain(
        pa.table(
            {
                "evidence": HOSTILE,
                "city_id": pa.array(["a", "b"] * (count // 2)).dictionary_encode(),
                "population": pa.array([None, *range(1, count)], pa.int32()),
                "share": pa.array([None, *(1 / n for n in range(1, count))]),
                "updated_at": pa.array([None, *[datetime(2025, 1, 2, 3, 4, 5)] * (count - 1)], pa.timestamp("us")),
                "is_new": pa.array([None, *[True, False] * 5, True]),
                "note": pa.nulls(count),
            }
        )
    )


def csv_text(rows: pa.Table, name: str = "responses.csv") -> bytes:
    with zipfile.ZipFile(io.BytesIO(csv_package(export(rows)))) as package:
        return package.read(name)


def sheet(rows: pa.Table, name: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(export(rows))))
    return list(book[name].iter_rows(values_only=True))


def test_csv_read_by_duckdb_has_the_rows_with_formulas_neutralised(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(csv_text(mixed()))
    read = duckdb.sql(f"from read_csv('{tmp_path / 'r.csv'}', all_varchar = true, allow_quoted_nulls = false)").df()
    neutralised = [f"'{text}" if text and text[0] in "=+-@\t\r" else text for text in HOSTILE]
    assert read["evidence"].replace({float("nan"): None}).tolist() == neutralised
    assert read["population"].astype(float).fillna(-1).tolist() == [-1, *range(1, 12)]
    assert read["share"].astype(float).tolist()[1:] == [1 / n for n in range(1, 12)]
    assert read["updated_at"].tolist()[1] == "2025-01-02T03:04:05"


def test_csv_is_utf8_with_a_byte_order_mark_and_has_its_codebook_and_receipt() -> None:
    assert csv_text(mixed()).startswith(b"\xef\xbb\xbf")
    codebook = pd.read_csv(io.BytesIO(csv_text(mixed(), "codebook.csv")))
    assert codebook["column"].tolist() == mixed().column_names
    receipt = csv_text(mixed(), "receipt.txt").decode()
    assert "title: Responses\nrows: 12\nfilter: cycle: 2026\n" in receipt
    assert "apostrophe" in receipt


def test_a_negative_number_is_no_formula() -> None:
    assert csv_text(pa.table({"change": [-0.5, 2]})).decode().splitlines()[1:] == ["-0.5", "2"]


@pytest.mark.parametrize("reader", ["duckdb", "pandas"])
def test_parquet_has_the_rows_as_they_are(tmp_path: Path, reader: str) -> None:
    (tmp_path / "r.parquet").write_bytes(parquet_bytes(export(mixed())))
    path = str(tmp_path / "r.parquet")
    read = duckdb.read_parquet(path).df() if reader == "duckdb" else pd.read_parquet(path)
    assert read["evidence"].replace({float("nan"): None}).tolist() == HOSTILE
    assert read["population"].tolist()[1:] == list(range(1, 12))
    assert pd.isna(read["population"][0])
    assert read["updated_at"][1] == pd.Timestamp(2025, 1, 2, 3, 4, 5)


def test_parquet_carries_its_receipt_codebook_and_mark() -> None:
    schema = pq.read_schema(io.BytesIO(parquet_bytes(export(mixed()))))
    assert json.loads(schema.metadata[b"receipt"])["filter: cycle"] == "2026"
    assert [entry["column"] for entry in json.loads(schema.metadata[b"codebook"])] == mixed().column_names
    assert schema.metadata[b"synthetic"] == b"true"
    assert schema.field("share").metadata[b"description"] == b"What share means."


def test_xlsx_read_by_openpyxl_has_the_rows_with_their_types() -> None:
    header, *rows = sheet(mixed(), "data")
    assert list(header) == mixed().column_names
    assert [row[0] for row in rows] == [*HOSTILE[:9], "_x005F_x0041_", "", None]  # openpyxl leaves the escape in
    assert [row[1] for row in rows] == ["a", "b"] * 6
    assert [row[2] for row in rows] == [None, *range(1, 12)]
    assert [row[3] for row in rows] == [None, *(pytest.approx(1 / n, rel=1e-15) for n in range(1, 12))]
    assert rows[1][4] == datetime(2025, 1, 2, 3, 4, 5)
    assert [row[5] for row in rows[1:3]] == [True, False]


def test_xlsx_formulas_are_text_and_the_escape_is_read_as_excel_reads_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(export(mixed()))))
    assert {cell.data_type for cell in book["data"]["A"][1:7]} <= {"s", "inlineStr"}
    other = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(export(mixed()))))
    assert other.get_sheet_by_name("data").to_python()[10][0] == "_x0041_"


def test_xlsx_has_its_four_sheets_with_frozen_headers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(export(mixed()))))
    assert book.sheetnames == ["about", "data", "codebook", "filters"]
    assert {book[name].freeze_panes for name in book.sheetnames} == {"A2"}
    assert ("title", "Responses") in sheet(mixed(), "about")
    assert [row[0] for row in sheet(mixed(), "codebook")[1:]] == mixed().column_names
    assert sheet(mixed(), "filters")[1:] == [("cycle", "2026")]
    assert book.properties.created == BUILT.replace(tzinfo=None)
    assert "ynthetic" in book.properties.description
    assert book["data"].auto_filter.ref == "A1:G13"
    assert book["data"].dimensions == "A1:G13"


def test_xlsx_cuts_a_text_that_no_cell_can_hold_and_says_so() -> None:
    cut, whole = (row[0] for row in sheet(pa.table({"evidence": ["x" * 40_000, "y" * TEXT_MOST]}), "data")[1:])
    assert len(cut) == TEXT_MOST
    assert "CSV and Parquet hold the whole text" in cut
    assert whole == "y" * TEXT_MOST


def test_xlsx_refuses_more_rows_than_a_sheet_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS_MOST", 3)
    with pytest.raises(TooManyRowsError, match="CSV or Parquet"):
        xlsx_bytes(export(mixed()))


def test_xlsx_of_many_batches_keeps_every_row_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_BATCH", 7)
    assert [row[0] for row in sheet(pa.table({"n": list(range(50))}), "data")[1:]] == list(range(50))


@pytest.mark.parametrize("write", [csv_package, parquet_bytes, xlsx_bytes])
def test_no_rows_make_a_file_with_a_header(write: Callable[[Export], bytes]) -> None:
    assert write(export(mixed().slice(0, 0)))
    assert len(sheet(mixed().slice(0, 0), "data")) == 1


@pytest.mark.parametrize("write", [csv_package, parquet_bytes, xlsx_bytes])
def test_the_same_rows_give_the_same_bytes(write: Callable[[Export], bytes]) -> None:
    assert write(export(mixed())) == write(export(mixed()))


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=20))
def test_any_text_survives_parquet_and_opens_as_xlsx(texts: list[str]) -> None:
    rows = pa.table({"evidence": texts})
    assert pd.read_parquet(io.BytesIO(parquet_bytes(export(rows))))["evidence"].tolist() == texts
    assert len(sheet(rows, "data")) == len(texts) + 1
