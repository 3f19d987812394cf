"""Criteria as rows with a column per city; and several sheets with a column per criterion in one workbook."""

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from lib.standard import load_standards
from pipelines.cli import app
from pipelines.inspect import Asked, inspect
from pipelines.layouts import LayoutError, stacked
from pipelines.load import LoadError
from tests.pipelines.exports import CITIES, answers, load_into, table, workbook, write
from tests.pipelines.loads import ask

PLAIN = [
    ["Criterion", "Alder Falls, OH", "Birchmont"],
    ["DM1", "Yes", "No"],
    ["DM2", "", "Yes"],
    ["DM3", "No", "x"],
]
SAME = [
    ("alder-falls", "2023", "DM1", "met"),
    ("alder-falls", "2023", "DM2", "not_answered"),
    ("alder-falls", "2023", "DM3", "not_met"),
    ("birchmont", "2023", "DM1", "not_met"),
    ("birchmont", "2023", "DM2", "met"),
    ("birchmont", "2023", "DM3", "met"),
]
LAID_OUT = [
    ["What Works Cities: answers side by side", "", "", "", ""],
    ["", "", "", "", ""],
    ["Code", "Question", "Weight", "Alder Falls, OH", "Birchmont"],
    ["Data Management", "", "", "", ""],
    ["DM1", "Inventory?", "1", "Yes", "No"],
    ["DM2", "Privacy?", "1", "", "Yes"],
    ["DM3", "Governance?", "1", "No", "x"],
    ["Criteria met", "", "", "1", "2"],
]


@pytest.mark.parametrize("rows", [PLAIN, LAID_OUT], ids=["plain", "title, headings, weights and a total"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_column_per_city_loads_and_its_proposal_loads_the_same(
    tmp_path: Path, rows: list[list[str]], kind: str
) -> None:
    path = tmp_path / f"side.{kind}"
    write(path, table(rows)) if kind == "csv" else workbook(path, {"Sheet1": rows})
    load_into(tmp_path / "c.duckdb", path, cities=CITIES)
    assert answers(tmp_path / "c.duckdb") == SAME
    assert ask(tmp_path / "c.duckdb", "select layout, answers, accepted from source") == [("criteria as rows", 6, 6)]
    found = inspect(path, Asked("wwc-2022", cycle="2023"), load_standards())
    assert found.certain
    mapping = write(tmp_path / "told.toml", found.proposal)
    load_into(tmp_path / "d.duckdb", path, cities=CITIES, mapping=mapping)
    assert answers(tmp_path / "d.duckdb") == SAME


def test_each_column_may_have_its_own_cycle_and_date(tmp_path: Path) -> None:
    rows = [
        ["Year", "2022", "2023"],
        ["City", "Alder", "Alder"],
        ["Date", "2022-05-01", "2023-05-02"],
        ["DM1", "No", "Yes"],
        ["DM2", "No", "No"],
        ["DM3", "No", "Yes"],
    ]
    load_into(tmp_path / "c.duckdb", write(tmp_path / "years.csv", table(rows)), cycle=None)
    assert [row[1:] for row in answers(tmp_path / "c.duckdb") if row[2] == "DM1"] == [
        ("2022", "DM1", "not_met"),
        ("2023", "DM1", "met"),
    ]
    assert ask(tmp_path / "c.duckdb", "select distinct updated_at::date::text from response order by 1") == [
        ("2022-05-01",),
        ("2023-05-02",),
    ]


def test_what_is_wrong_is_marked_where_it_stands(tmp_path: Path) -> None:
    rows = [
        ["", "Alder Falls, OH", "Birchmnt"],
        ["DM1", "Yes", "No"],
        ["DM2", "maybe", "Yes"],
        ["DM99", "No", "Yes"],
        ["DM3", "No", "Yes"],
    ]
    database, marked = tmp_path / "c.duckdb", tmp_path / "marked.xlsx"
    load_into(database, write(tmp_path / "side.csv", table(rows)), cities=CITIES)
    assert ask(database, 'select row, "column", value, answers from set_aside order by all') == [
        (2, "Birchmnt", "Birchmnt", 4),
        (3, "Alder Falls, OH", "maybe", 1),
        (4, "column A", "DM99", 1),
    ]
    told = CliRunner().invoke(app, ["rejects", "--database", str(database)]).stdout
    assert "row 2, Birchmnt (whole column, 4 answers): unknown city 'Birchmnt'" in told
    CliRunner().invoke(app, ["rejects", "--xlsx", str(marked), "--database", str(database)])
    book = openpyxl.load_workbook(marked)
    sheet = book.worksheets[0]
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment] == ["C1", "B3", "A4"]
    sheet["C1"], sheet["B3"], sheet["A4"] = "Birchmont", "Yes", "DM4"
    book.save(marked)
    load_into(database, marked)
    assert ask(database, "select accepted, rejected from source") == [(8, 0)]


def test_a_column_may_be_left_out_and_nothing_is_made_of_a_list_of_criteria(tmp_path: Path) -> None:
    rows = [[*row, f"{n} seen"] if n else [*row, "Auditor"] for n, row in enumerate(PLAIN)]
    path = write(tmp_path / "side.csv", table(rows))
    load_into(tmp_path / "c.duckdb", path, mapping=write(tmp_path / "m.toml", 'ignore = ["Birchmont"]'))
    assert ask(tmp_path / "c.duckdb", "select distinct city_id::text from response") == [("alder-falls-oh",)]
    with pytest.raises(LoadError, match="no criterion of wwc-2022 is in the header"):
        load_into(tmp_path / "d.duckdb", write(tmp_path / "list.csv", "Code,Text\nDM1,a\nDM2,b\nDM3,c\n"))


SHEETS = {
    "a sheet per year": {
        "2022": [["City", "DM1"], ["Alder", "No"]],
        "2023": [["City", "DM1"], ["Alder", "Yes"]],
    },
    "a sheet per area": {
        "Data": [["City", "DM1", "DM1 evidence"], ["Alder", "Yes", "minutes"]],
        "Leadership": [["Name of city", "Submitted", "LC1", "LC99"], ["Alder", "2023-01-02", "No", "Yes"]],
    },
    "a sheet per state": {
        "OH": [["City", "DM1"], ["Alder", "Yes"]],
        "TX": [["City", "DM1"], ["Birchmont", "Yes"]],
    },
}


@pytest.mark.parametrize(
    ("sheets", "expected", "rejected"),
    [
        (SHEETS["a sheet per year"], [("alder", "2022", "DM1", "not_met"), ("alder", "2023", "DM1", "met")], []),
        (
            SHEETS["a sheet per area"],
            [("alder", "2023", "DM1", "met"), ("alder", "2023", "LC1", "not_met")],
            [(2, "Leadership!LC99", "LC99")],
        ),
        (SHEETS["a sheet per state"], [("alder", "2023", "DM1", "met"), ("birchmont", "2023", "DM1", "met")], []),
    ],
    ids=SHEETS,
)
def test_several_wide_sheets_are_read_together(
    tmp_path: Path,
    sheets: dict[str, list[list[str]]],
    expected: list[tuple[str, ...]],
    rejected: list[tuple[object, ...]],
) -> None:
    path = workbook(tmp_path / "book.xlsx", sheets)
    load_into(tmp_path / "c.duckdb", path)
    assert answers(tmp_path / "c.duckdb") == expected
    assert ask(tmp_path / "c.duckdb", 'select row, "column", value from rejected') == rejected
    found = inspect(path, Asked("wwc-2022", cycle="2023"), load_standards())
    assert (found.certain, found.sheets) == (True, tuple(sheets))
    load_into(tmp_path / "d.duckdb", path, mapping=write(tmp_path / "m.toml", found.proposal))
    assert answers(tmp_path / "d.duckdb") == expected


def test_many_large_sheets_are_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stacked, "MOST_CELLS", 3)
    path = workbook(tmp_path / "book.xlsx", SHEETS["a sheet per state"])
    with pytest.raises(LoadError, match="name the one that counts"):
        load_into(tmp_path / "c.duckdb", path)


def test_a_parquet_file_is_never_on_its_side(tmp_path: Path) -> None:
    import duckdb

    rows = ", ".join(f"('DM{n}', 'Yes')" for n in range(1, 5))
    duckdb.sql(f"select * from (values {rows}) as side(Code, Alder)").write_parquet(str(tmp_path / "side.parquet"))  # noqa: S608
    with pytest.raises(LayoutError, match="has criteria as rows; save it as CSV or XLSX"):
        inspect(tmp_path / "side.parquet", Asked("wwc-2022"), load_standards())


VERDICT = [["Code", "Our verdict", "Remarks"], ["DM1", "Yes", "minutes"], ["DM2", "No", ""], ["LC6", "Yes", ""]]


@pytest.mark.parametrize("above", [[["City", "Alder"], []], [["City of Alder"], []]])
def test_a_column_of_answers_may_be_headed_anyhow(tmp_path: Path, above: list[list[str]]) -> None:
    """Where the city is told elsewhere, a heading above answers is no city."""
    load_into(tmp_path / "c.duckdb", write(tmp_path / "f.csv", table([*above, *VERDICT])), cities="city\nAlder\n")
    assert [row[2:] for row in answers(tmp_path / "c.duckdb")] == [("DM1", "met"), ("DM2", "not_met"), ("LC6", "met")]
    assert ask(tmp_path / "c.duckdb", "select evidence from response where criterion_id = 'DM1'") == [("minutes",)]


def test_of_several_columns_of_answers_one_is_asked_for(tmp_path: Path) -> None:
    rows = [["City", "Code", "Self", "Checked"], *(["Alder", code, "Yes", "No"] for code in ("DM1", "DM2", "LC6"))]
    path = write(tmp_path / "f.csv", table(rows))
    with pytest.raises(LoadError, match="answers stand in the columns 'Self', 'Checked'; name the one") as refused:
        load_into(tmp_path / "c.duckdb", path)
    mapping = write(tmp_path / "m.toml", refused.value.proposal.replace('"Self"', '"Checked"'))
    load_into(tmp_path / "c.duckdb", path, mapping=mapping)
    assert {row[3] for row in answers(tmp_path / "c.duckdb")} == {"not_met"}
