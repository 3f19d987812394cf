"""What was set aside can be listed, marked in the file it came from, corrected there and loaded again."""

import csv
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.load import LoadError, Options, load
from pipelines.rejects import read_rejected
from pipelines.sources import store_of
from tests.pipelines.loads import ask, load_text

LONG = """city,cycle,criterion_id,response,updated_at
A,2025,DM1,yess,
A,2025,DM2,no,2025-13-99
A,2025,DM33,yes,
,2025,DM4,yes,
A,2025,DM5,yes,
"""
WIDE = "city;DM1;DM2;DM3\nSão Aurélio;yes;nope;no\nAlder Falls;maybee;no;=1+1\n"
OPTIONS = Options("wwc-2022", cycle="2025")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "cohort.duckdb"


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


def marked(path: Path) -> dict[str, str]:
    """Address → comment of the first sheet."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def correct(path: Path, cells: dict[str, str]) -> None:
    book = openpyxl.load_workbook(path)
    assert isinstance(book.worksheets[0], Worksheet)
    for address, text in cells.items():
        book.worksheets[0][address] = text
    book.save(path)


def test_each_rejected_cell_is_told_with_a_suggestion(database: Path) -> None:
    load_text(database, LONG, cities="city\nA\n")
    code, told, _ = run("rejects", "--database", database)
    word = "an answer in words that are known, such as yes or no"
    assert code == 0
    assert told.splitlines() == [
        "1. answers.csv",
        f"    row 2, response: unknown response 'yess', expected {word}; perhaps 'yes'",
        "    row 3, updated_at: invalid date '2025-13-99', expected a date, such as 2020-05-31",
        "    row 4, criterion_id: unknown criterion 'DM33', expected a criterion of wwc-2022; perhaps 'DM3'",
        "    row 5, city: blank city '', expected the name or id of the city",
    ]


def test_the_list_as_a_table_calculates_nothing(database: Path, tmp_path: Path) -> None:
    load([_file(tmp_path, "wide.csv", WIDE)], OPTIONS, database)
    run("rejects", "--csv", tmp_path / "list.csv", "--database", database)
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["row"], row["column"], row["value"]) for row in rows] == [
        ("2", "DM2", "nope"),
        ("3", "DM1", "maybee"),
        ("3", "DM3", "'=1+1"),
    ]


def test_a_row_without_a_city_is_one_line_and_still_all_its_answers(database: Path, tmp_path: Path) -> None:
    load([_file(tmp_path, "wide.csv", "city,DM1,DM2,DM3\nA,yes,no,maybee\n,yes,no,yes\n")], OPTIONS, database)
    code, told, _ = run("rejects", "--database", database)
    assert code == 0
    assert [line.partition(":")[0] for line in told.splitlines()] == [
        "1. wide.csv",
        "    row 2, DM3",
        "    row 3, city (whole row, 3 answers)",
    ]
    assert [one.answers for one in read_rejected(database)] == [1, 3]
    assert ask(database, "select count(*), (select sum(answers) from set_aside) from rejected") == [(4, 4)]
    assert ask(database, "select rejected from source") == [(4,)]
    run("rejects", "--xlsx", tmp_path / "marked.xlsx", "--database", database)
    assert sorted(marked(tmp_path / "marked.xlsx")) == ["A3", "D2"]
    assert marked(tmp_path / "marked.xlsx")["A3"].endswith("Set aside with it: the whole row, 3 answers.")


def test_a_city_told_once_above_its_answers_is_one_line_where_it_stands(database: Path, tmp_path: Path) -> None:
    (tmp_path / "cities.csv").write_text("city\nAlder Falls\n", encoding="utf-8")
    good = "City,Alder Falls\n\nCode,Answer\nDM1,yes\n"
    odd = "City,Aldr Fals\n\nCode,Answer\nDM1,yes\nDM2,no\n"
    options = Options("wwc-2022", cycle="2025", cities=tmp_path / "cities.csv")
    load([_file(tmp_path, "good.csv", good)], options, database)
    load([_file(tmp_path, "odd.csv", good.replace("\n\n", "\n\n") + "DM3,no\n")], options, database)
    with pytest.raises(LoadError, match=r"odd2\.csv: not a single answer"):
        load([_file(tmp_path, "odd2.csv", odd)], options, database)


def test_a_city_that_looks_like_one_of_the_list_is_suggested(database: Path) -> None:
    load_text(database, LONG.replace("A,2025,DM2", "Sao Aurelo,2025,DM2"), cities="city\nA\nSão Aurélio\n")
    found = {one.value: one.suggestion for one in read_rejected(database)}
    assert found["Sao Aurelo"] == "São Aurélio"
    assert read_rejected(database, [2]) == []
    assert len(read_rejected(database, most=2)) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_a_text_file_is_marked_corrected_and_loaded_again(database: Path, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "wide.csv").write_text(WIDE, encoding=encoding)
    load([tmp_path / "wide.csv"], OPTIONS, database)
    target = tmp_path / "to correct.xlsx"
    code, told, _ = run("rejects", "--xlsx", target, "--database", database)
    assert (code, told) == (0, f"{target}: correct the marked cells, and load it\n")
    assert sorted(marked(target)) == ["B3", "C2", "D3"]
    assert "expected an answer in words" in marked(target)["C2"]
    assert "Perhaps: maybe" not in marked(target)["B3"]
    correct(target, {"C2": "no", "B3": "yes"})
    report = load([target], OPTIONS, database)
    assert report.changed
    assert report.difference is not None
    assert (report.difference.answers_added, report.difference.answers_changed) == (2, 0)
    assert [one.value for one in read_rejected(database)] == ["=1+1"]
    assert ask(database, "select file, answers, accepted, rejected from source") == [("to correct.xlsx", 6, 5, 1)]
    assert ask(database, "select name from city order by 1") == [("Alder Falls",), ("São Aurélio",)]
    assert load([target], OPTIONS, database).changed is False


def test_the_file_as_received_is_kept_and_a_correction_can_be_corrected(database: Path, tmp_path: Path) -> None:
    original = _file(tmp_path, "wide.csv", WIDE)
    load([original], OPTIONS, database)
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    run("rejects", "--xlsx", first, "--database", database)
    correct(first, {"C2": "no"})
    load([first], OPTIONS, database)
    run("rejects", "--xlsx", second, "--database", database)
    correct(second, {"B3": "yes", "D3": "yes"})
    load([second], OPTIONS, database)
    assert ask(database, "select answers, accepted, rejected from source") == [(6, 6, 0)]
    assert read_rejected(database) == []
    assert original.read_bytes() in [path.read_bytes() for path in store_of(database).glob("*.csv")]
    with pytest.raises(LoadError, match=r"first\.xlsx: corrects a file that is not loaded, or was corrected"):
        load([first], OPTIONS, database)


def test_a_corrected_file_keeps_its_place_before_later_submissions(database: Path, tmp_path: Path) -> None:
    load([_file(tmp_path, "old.csv", "city,DM1,DM2\nA,no,nope\n")], OPTIONS, database)
    load([_file(tmp_path, "new.csv", "city,DM1\nA,yes\n")], OPTIONS, database)
    target = tmp_path / "old.xlsx"
    run("rejects", "--xlsx", target, "--database", database)
    correct(target, {"C2": "yes"})
    load([target], OPTIONS, database)
    found = ask(database, "select criterion_id::text, status::text, source_id from response order by all")
    assert found == [("DM1", "met", 2), ("DM2", "met", 1)]


def test_a_workbook_keeps_what_it_looks_like(database: Path, tmp_path: Path) -> None:
    """One city's workbook: a title above, headings between, cells merged."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    rows = [
        ["City", "Alder Falls"],
        [],
        ["Criterion", "Question", "Answer", "Notes"],
        ["DM1", "?", "yess", ""],
        ["DM2", "?", "no", "x"],
        ["DM3", "?", "yes", ""],
    ]
    for row in rows:
        sheet.append(row)
    sheet["A1"].font = openpyxl.styles.Font(bold=True)
    sheet.merge_cells("D4:D5")
    book.create_sheet("Guidance")["A1"] = "Answer every question."
    book.save(tmp_path / "alder.xlsx")
    load([tmp_path / "alder.xlsx"], OPTIONS, database)
    target = tmp_path / "marked.xlsx"
    run("rejects", "--xlsx", target, "--database", database)
    assert list(marked(target)) == ["C4"]
    again = openpyxl.load_workbook(target)
    assert again.sheetnames[:2] == ["Sheet", "Guidance"]
    assert again["Sheet"]["A1"].font.bold
    assert again.worksheets[2].sheet_state == "hidden"
    correct(target, {"C4": "yes"})
    load([target], OPTIONS, database)
    assert ask(database, "select accepted, rejected from source") == [(3, 0)]
    assert ask(database, "select name from city") == [("Alder Falls",)]


def test_a_long_file_and_a_parquet_file_too_and_several_at_once(database: Path, tmp_path: Path) -> None:
    load_text(database, LONG, cities="city\nA\n")
    duckdb.sql("select 'B' as city, true as DM1, 'perhaps' as DM2, 'no' as DM3").write_parquet(
        str(tmp_path / "b.parquet")
    )
    load([tmp_path / "b.parquet"], OPTIONS, database)
    run("rejects", "--xlsx", tmp_path / "all.xlsx", "--database", database)
    assert sorted(marked(tmp_path / "all-1.xlsx")) == ["A5", "C4", "D2", "E3"]
    assert list(marked(tmp_path / "all-2.xlsx")) == ["C2"]
    correct(tmp_path / "all-1.xlsx", {"A5": "A", "C4": "DM3", "D2": "yes", "E3": "2025-12-31"})
    correct(tmp_path / "all-2.xlsx", {"C2": "no"})
    load([tmp_path / "all-1.xlsx", tmp_path / "all-2.xlsx"], Options("wwc-2022"), database)
    assert ask(database, "select accepted, rejected from source order by source_id") == [(5, 0), (3, 0)]


def test_a_corrected_workbook_goes_nowhere_else(database: Path, tmp_path: Path) -> None:
    load([_file(tmp_path, "wide.csv", WIDE)], OPTIONS, database)
    target = tmp_path / "target.xlsx"
    run("rejects", "--xlsx", target, "--database", database)
    with pytest.raises(LoadError, match="corrects a file that is not loaded"):
        load([target], OPTIONS, tmp_path / "other.duckdb")


def test_a_file_too_large_for_a_workbook_is_refused(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines import marking

    monkeypatch.setattr(marking, "MOST_CELLS", 10)
    load([_file(tmp_path, "wide.csv", WIDE)], OPTIONS, database)
    code, _, wrong = run("rejects", "--xlsx", tmp_path / "target.xlsx", "--database", database)
    assert (code, wrong) == (1, "Error: wide.csv: is too large to be marked in a workbook; take the list as CSV\n")
    assert not (tmp_path / "target.xlsx").exists()


def _file(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_damage_where_a_corrected_workbook_names_its_source_is_told(database: Path, tmp_path: Path) -> None:
    """Compressed bytes that do not unpack are no fault of the program."""
    path = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "<workbook/>" * 1000)
    whole = bytearray(path.read_bytes())
    whole[45:60] = b"\xff" * 15  # of the first part, behind its name
    path.write_bytes(whole)
    with pytest.raises(LoadError, match=r"^damaged.xlsx: is not a workbook that can be opened"):
        load([path], OPTIONS, database)
