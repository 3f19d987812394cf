"""Files that cannot be read at all: one sentence that names the file and the cause."""

from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from lib.standard import Standard
from pipelines.layouts import LayoutError, examine, records
from pipelines.mapping import ColumnMapping
from tests.pipelines.conftest import ReadExport


@pytest.mark.parametrize(
    ("content", "name", "cause"),
    [
        (b"", "export.csv", "is empty"),
        (b"\xef\xbb\xbf", "export.csv", "is empty"),
        (b"\n\r\n,,\n", "export.csv", "is empty"),
        (b"", "export.xlsx", "is empty"),
        (b"PK\3\4 not a zip", "export.csv", "is not a workbook that can be opened: "),
        (b"city,DM1\n", "export.xlsx", "is not a workbook that can be opened: "),
        (b"\xd0\xcf\x11\xe0 old", "export.xls", "is not a workbook that can be opened: "),
        (b"PAR1 but no more", "export.parquet", "is not a Parquet file that can be read: "),
        (b"city,DM1\n", "export.parquet", "is not a Parquet file that can be read: "),
        (b"\x89PNG\r\n\x1a\n\0\0", "export.csv", "is neither text, a workbook nor a Parquet file"),
        (b"city,DM1\nS\x81o,Yes\n", "export.csv", "is not UTF-8 text, nor Windows-1252 (byte 0x81); save it again as"),
        (
            b"\xff\xfeabc",
            "export.csv",
            "is not whole text in UTF-16 LE with a byte order mark (truncated data); save it",
        ),
        (b"city,DM1\nMedell\x8en,Yes\n", "export.csv", "it may not be in Windows-1252: the signs Ž are unlikely in it"),
        (b"Alder,Yes,No\nBirch,No,No\n", "export.csv", "no criterion of small is in the header (Alder, Yes, No)"),
        (b"city,criterion\nAlder,DM1\n", "export.csv", "no criterion of small is in the header (city, criterion)"),
        (b"place,DM1\nAlder,Yes\n", "export.csv", "no column names the city; name it in a mapping file (place, DM1)"),
        (
            b"question,answer\nDM1,Yes\n",
            "export.csv",
            "no column names the city; name it in a mapping file (question, answer)",
        ),
        (
            b"city,DM1\nAlder," + b"x" * (1 << 21),
            "export.csv",
            "cannot be read as delimited text: a cell has more than",
        ),
    ],
    ids=lambda value: str(value)[:24],
)
def test_one_sentence(read_export: ReadExport, content: bytes, name: str, cause: str) -> None:
    with pytest.raises(LayoutError) as refused:
        read_export(content, name)
    assert str(refused.value).startswith(f"{name}: {cause}")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", [b"PAR1 but no more", b"PAR1" + b"?" * 500 + b"PAR1"])
def test_no_sentence_tells_where_the_store_is(read_export: ReadExport, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "export.parquet").write_bytes(content)
    with pytest.raises(LayoutError) as raised:
        read_export(tmp_path / "export.parquet")
    assert str(tmp_path) not in str(raised.value)
    assert "the file" in str(raised.value)


def test_a_half_workbook(read_export: ReadExport, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "whole.xlsx")) as book:
        book.add_worksheet().write_row(0, 0, ["city", "DM1"])
    whole = (tmp_path / "whole.xlsx").read_bytes()
    with pytest.raises(LayoutError, match=r"^half.xlsx: is not a workbook that can be opened: "):
        read_export(whole[: len(whole) // 2], "half.xlsx")


def test_an_empty_workbook(read_export: ReadExport, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "none.xlsx")) as book:
        book.add_worksheet()
    with pytest.raises(LayoutError, match=r"^none.xlsx: is empty$"):
        read_export(tmp_path / "none.xlsx")


def test_a_folder_and_no_file(read_export: ReadExport, tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"^scratch: is a folder, not a file$"):
        read_export(tmp_path / "scratch")
    with pytest.raises(LayoutError, match=r"^none.csv: cannot be read: No such file or directory$"):
        read_export(tmp_path / "none.csv")


def test_the_name_in_the_sentence_is_the_one_given(small: Standard, tmp_path: Path) -> None:
    """The loader reads a stored copy, but people know the file by its own name."""
    stored = tmp_path / "6fe1.csv"
    stored.write_bytes(b"")
    with duckdb.connect() as connection, pytest.raises(LayoutError, match=r"^their own\.csv: is empty$"):
        examine(stored, "their own.csv", small, ColumnMapping(), scratch=tmp_path, connection=connection)


def test_records_of_a_plain_table(tmp_path: Path) -> None:
    path = tmp_path / "it's cities.csv"
    path.write_text('\ufeffcity_id;City "name";\nal;São\n\nbi;"B;i";x\n', encoding="utf-8")
    with duckdb.connect() as connection:
        table = connection.sql(records(path, path.name, tmp_path, connection))
        assert table.columns == ["city_id", 'City "name"', "column C"]
        assert table.fetchall() == [("al", "São", None), ("bi", "B;i", "x")]


def test_records_with_a_repeated_name(tmp_path: Path) -> None:
    path = tmp_path / "cities.csv"
    path.write_text("city,City\na,b\n", encoding="utf-8")
    with duckdb.connect() as connection, pytest.raises(LayoutError, match=r"^cities.csv: a column name is repeated$"):
        records(path, path.name, tmp_path, connection)
