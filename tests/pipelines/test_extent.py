"""How far the cells of a sheet reach: counted without the reader, for OpenDocument files and binary workbooks."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.layouts import bounds
from pipelines.layouts.bounds import check_workbook
from pipelines.layouts.extent import number, of_ods, of_xlsb
from pipelines.layouts.table import LayoutError
from tests.pipelines.exports import answers, load_into
from tests.pipelines.hostile import ods, ods_row, xlsb

BLANK_END = (
    '<table:table-row><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)


def test_an_opendocument_file_with_the_usual_blank_end_loads(tmp_path: Path) -> None:
    path = tmp_path / "answers.ods"
    path.write_bytes(ods(ods_row("City", "DM1", "DM2"), ods_row("Alder", "Yes", "No"), BLANK_END))
    load_into(tmp_path / "c.duckdb", path)
    assert answers(tmp_path / "c.duckdb") == [("alder", "2023", "DM1", "met"), ("alder", "2023", "DM2", "not_met")]


@pytest.mark.parametrize(
    ("rows", "extent"),
    [
        ((ods_row("a", "b"), ods_row("c"), BLANK_END), (2, 2)),
        ((ods_row("a"), "<table:table-row><table:table-cell/></table:table-row>" * 3, ods_row("d")), (5, 1)),
        ((ods_row("a", rows=7, columns=3),), (7, 3)),
        ((BLANK_END,), (0, 0)),
    ],
)
def test_blank_cells_count_only_before_others(rows: tuple[str, ...], extent: tuple[int, int]) -> None:
    with zipfile.ZipFile(io.BytesIO(ods(*rows))) as book, book.open("content.xml") as file:
        assert list(of_ods(file, "x.ods"))[-1] == extent


@given(st.lists(st.tuples(st.integers(0, 2**20 - 1), st.lists(st.integers(0, 2**14 - 1), max_size=4)), max_size=20))
def test_the_records_of_a_binary_sheet(rows: list[tuple[int, list[int]]]) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsb(*rows))) as book, book.open("xl/worksheets/sheet1.bin") as file:
        found = list(of_xlsb(file))
    columns = max((column + 1 for _, cells in rows for column in cells), default=0)
    assert (found[-1] if found else (0, 0)) == (max((row + 1 for row, _ in rows), default=0), columns)


def test_a_binary_sheet_longer_than_one_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "long.xlsb"
    path.write_bytes(xlsb(*((row, list(range(50))) for row in range(3000))))
    check_workbook(path, path.name)
    monkeypatch.setattr(bounds, "MOST_CELLS", 3000 * 50 - 1)
    with pytest.raises(LayoutError, match=r"^long.xlsb: its cells reach to row 3,000 and column 50, too far"):
        check_workbook(path, path.name)


@given(st.binary(max_size=3000))
def test_noise_in_a_binary_sheet_ends(noise: bytes) -> None:
    list(of_xlsb(io.BytesIO(noise)))


@pytest.mark.parametrize(("letters", "place"), [(b"A", 1), (b"Z", 26), (b"AA", 27), (b"XFD", 16384)])
def test_columns_by_letter(letters: bytes, place: int) -> None:
    assert number(letters) == place
