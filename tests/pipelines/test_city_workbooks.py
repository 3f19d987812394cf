"""One workbook per city in a folder: titles, headings between the rows, several sheets, merged cells, cover pages."""

import datetime as dt
from pathlib import Path

import pytest

from pipelines.load import LoadError
from tests.pipelines.exports import ANSWERS, CITIES, city_sheet, load_into, workbook, write
from tests.pipelines.loads import ask

GIVEN = {"DM1": "Yes", "DM2": "No", "LC6": "", "BF1": "Sim"}
MEANT = {"BF1": "met", "DM1": "met", "DM2": "not_met", "LC6": "not_answered"}


def statuses(database: Path, city: str) -> dict[str, str]:
    return {criterion: status for found, _, criterion, status in ask(database, ANSWERS) if found == city}


def test_a_folder_of_workbooks_in_one_command(tmp_path: Path) -> None:
    """As many as are worth two processes; every one with its city, date, evidence and row numbers."""
    cities = [f"City {number:02}" for number in range(30)]
    for number, city in enumerate(cities):
        own = {**GIVEN, "LC6": "Yes" if number % 2 else "No"}
        workbook(tmp_path / "in" / f"{city}.xlsx", {"Form": city_sheet(city, own, dt.date(2023, 5, number + 1))})
    write(tmp_path / "in" / "~$City 01.xlsx", "an open workbook leaves this")
    write(tmp_path / "in" / "readme.md", "not an export")
    load_into(tmp_path / "c.duckdb", tmp_path / "in")
    for number in (0, 29):
        assert statuses(tmp_path / "c.duckdb", f"city-{number:02}") == {
            **MEANT,
            "LC6": "met" if number % 2 else "not_met",
        }
    question = "select updated_at::date, evidence, row, source_id from response where city_id = 'city-29' order by row"
    day = dt.date(2023, 5, 30)
    rows = [7, 8, 10, 12]  # after the title, the header in row 5 and a heading before each area
    assert ask(tmp_path / "c.duckdb", question) == [(day, "see minutes", row, 30) for row in rows]
    assert ask(tmp_path / "c.duckdb", "select distinct layout, rows, answers, accepted from source") == [
        ("one city", 4, 4, 4)
    ]


def test_a_pattern_of_files(tmp_path: Path) -> None:
    for city in ("Alder", "Birch", "Cedar"):
        workbook(tmp_path / f"{city}.xlsx", {"Form": city_sheet(city, GIVEN)})
    load_into(tmp_path / "c.duckdb", tmp_path / "[AB]*.xlsx")
    assert ask(tmp_path / "c.duckdb", "select name from city order by 1") == [("Alder",), ("Birch",)]
    with pytest.raises(LoadError, match=r"holds no survey export$"):
        load_into(tmp_path / "c.duckdb", tmp_path / "Z*.xlsx")


def test_a_sheet_per_area_and_a_cover_page(tmp_path: Path) -> None:
    """Only sheets that hold answers are read; the same row of two sheets is told apart in what is rejected."""
    sheets = {
        "Cover": [["Please fill in every sheet"], ["Thank you"]],
        "Data": city_sheet("Alder", {"DM1": "Yes", "DM2": "perhaps"}),
        "Budget": city_sheet("Alder", {"BF1": "No", "BF2": "perhaps"}),
    }
    path = workbook(tmp_path / "alder.xlsx", sheets)
    load_into(tmp_path / "c.duckdb", path)
    assert statuses(tmp_path / "c.duckdb", "alder") == {"BF1": "not_met", "DM1": "met"}
    found = ask(tmp_path / "c.duckdb", 'select "column", row, value from rejected order by 1')
    assert found == [("Budget!Answer", 8, "perhaps"), ("Data!Answer", 8, "perhaps")]


def test_a_sheet_per_city(tmp_path: Path) -> None:
    path = workbook(tmp_path / "all.xlsx", {city: city_sheet(city, GIVEN) for city in ("Alder", "Birch")})
    load_into(tmp_path / "c.duckdb", path)
    assert statuses(tmp_path / "c.duckdb", "alder") == statuses(tmp_path / "c.duckdb", "birch") == MEANT


@pytest.mark.parametrize(("name", "title"), [("alder falls.xlsx", "Alder Falls"), ("x.xlsx", "City of Alder Falls")])
def test_a_title_without_labels(tmp_path: Path, name: str, title: str) -> None:
    """A title is the city's name where its wording or the file's name bears it out."""
    path = workbook(tmp_path / name, {"Form": city_sheet(title, GIVEN, labels=False)})
    cities = "city_id,city\nalder-falls,Alder Falls\n"
    load_into(tmp_path / "c.duckdb", path, cities=cities)
    assert statuses(tmp_path / "c.duckdb", "alder-falls") == MEANT
    assert ask(tmp_path / "c.duckdb", "select distinct updated_at::date from response") == [(dt.date(2023, 5, 14),)]


def test_a_title_that_may_be_anything_is_asked_about(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", {"Form": city_sheet("Alder Falls", GIVEN, labels=False)})
    with pytest.raises(LoadError, match=r"^x.xlsx: no column names the city; name it in a mapping file") as refused:
        load_into(tmp_path / "c.duckdb", path)
    mapping = write(tmp_path / "mapping.toml", refused.value.proposal)
    load_into(
        tmp_path / "c.duckdb", path, mapping=mapping, cities=CITIES.replace("alder-falls-ns,Alder Falls", "e,Else")
    )
    assert statuses(tmp_path / "c.duckdb", "alder-falls") == MEANT


def test_the_city_is_only_in_the_file_name(tmp_path: Path) -> None:
    rows = city_sheet("", GIVEN)[4:]
    path = workbook(tmp_path / "Alder Falls.xlsx", {"Form": rows})
    with pytest.raises(LoadError, match="no column names the city"):
        load_into(tmp_path / "c.duckdb", path)
    load_into(tmp_path / "c.duckdb", path, mapping=write(tmp_path / "m.toml", 'cells.city = "file name"'))
    assert statuses(tmp_path / "c.duckdb", "alder-falls") == MEANT


def test_merged_headings_and_answers_merged_downwards(tmp_path: Path) -> None:
    rows = city_sheet("Alder", {"DM1": "Yes", "DM2": "", "DM3": "No"})
    path = workbook(tmp_path / "a.xlsx", {"Form": rows}, ["A1:D1", "A6:D6", "C7:C8"])
    load_into(tmp_path / "c.duckdb", path)
    assert statuses(tmp_path / "c.duckdb", "alder") == {"DM1": "met", "DM2": "met", "DM3": "not_met"}


def test_the_same_saved_as_csv(tmp_path: Path) -> None:
    lines = [";".join(str(cell) for cell in row) for row in city_sheet("Alder", GIVEN)]
    path = write(tmp_path / "alder.csv", "\r\n".join(lines).encode("cp1252"))
    load_into(tmp_path / "c.duckdb", path)
    assert statuses(tmp_path / "c.duckdb", "alder") == MEANT


def test_nothing_is_lost_between_the_headings(tmp_path: Path) -> None:
    """Unknown codes, codes without an answer and unknown questions stay answers; a text that heads rows does not."""
    rows = [
        *city_sheet("Alder", {"DM1": "Yes"}),
        ["DM99"],
        ["ZZ1", "Who knows?", "Yes"],
        ["", "Is this a question?", ""],
    ]
    rows += [["Code", "Criterion", "Answer", "Justification"], ["", "", "", "only a remark"]]
    load_into(tmp_path / "c.duckdb", workbook(tmp_path / "a.xlsx", {"Form": rows}))
    assert ask(tmp_path / "c.duckdb", "select row, value, reason::text from rejected order by 1") == [
        (8, "DM99", "unknown criterion"),
        (9, "ZZ1", "unknown criterion"),
        (10, "Is this a question?", "unknown criterion"),
        (12, "", "unknown criterion"),
    ]


def test_a_broken_workbook_among_good_ones_changes_nothing(tmp_path: Path) -> None:
    for number in range(30):
        workbook(tmp_path / "in" / f"{number:02}.xlsx", {"Form": city_sheet(f"City {number}", GIVEN)})
    write(tmp_path / "in" / "15.xlsx", b"PK\3\4 half")
    with pytest.raises(LoadError, match=r"^15.xlsx: is not a workbook that can be opened: "):
        load_into(tmp_path / "c.duckdb", tmp_path / "in")
    assert not (tmp_path / "c.duckdb").exists()


def test_wide_workbooks_and_other_files_beside(tmp_path: Path) -> None:
    """A folder may hold anything; what cannot be read together is read alone."""
    workbook(tmp_path / "in" / "a.xlsx", {"Form": city_sheet("Alder", GIVEN)})
    workbook(tmp_path / "in" / "b.xlsx", {"All": [["City", "DM1"], ["Birch", "Yes"]]})
    write(tmp_path / "in" / "c.csv", "city,criterion,answer\nCedar,DM1,No\n")
    workbook(tmp_path / "in" / "d.xlsx", {"Form": city_sheet("Dunmore", GIVEN)})
    load_into(tmp_path / "c.duckdb", tmp_path / "in")
    found = ask(tmp_path / "c.duckdb", "select file, layout, accepted from source order by source_id")
    assert found == [("a.xlsx", "one city", 4), ("b.xlsx", "wide", 1), ("c.csv", "long", 1), ("d.xlsx", "one city", 4)]


def test_two_wide_sheets_that_answer_the_same_twice_are_asked_about(tmp_path: Path) -> None:
    sheets = {"Draft": [["City", "DM1"], ["Alder", "No"]], "Final": [["City", "DM1"], ["Alder", "Yes"]]}
    path = workbook(tmp_path / "years.xlsx", sheets)
    with pytest.raises(
        LoadError, match=r"^years.xlsx: the sheets 'Draft', 'Final' answer the same for the same cities"
    ):
        load_into(tmp_path / "c.duckdb", path)
    load_into(tmp_path / "c.duckdb", path, mapping=write(tmp_path / "m.toml", 'sheet = "Final"'))
    assert statuses(tmp_path / "c.duckdb", "alder") == {"DM1": "met"}


def test_a_second_city_below_the_first_is_refused(tmp_path: Path) -> None:
    """Its answers would be taken for those of the first."""
    rows = [*city_sheet("Alder", {"DM1": "Yes"}), [], *city_sheet("Birch", {"DM2": "Yes"})]
    path = workbook(tmp_path / "two.xlsx", {"Form": rows})
    with pytest.raises(LoadError, match=r"^two.xlsx: the table names another city in row 10; give each city a sheet"):
        load_into(tmp_path / "c.duckdb", path)


def test_evidence_may_mention_a_city(tmp_path: Path) -> None:
    rows = city_sheet("Alder", {"DM1": "Yes"})
    rows[-1][3] = "City: see the minutes"
    load_into(tmp_path / "c.duckdb", workbook(tmp_path / "a.xlsx", {"Form": rows}))
    assert ask(tmp_path / "c.duckdb", "select evidence from response") == [("City: see the minutes",)]
