"""A draft of a standard from the header of a wide export."""

from collections import Counter
from pathlib import Path

import pytest

from lib.standard import STANDARDS, Standard, load_standard
from pipelines.draft import draft_standard
from pipelines.layouts import LayoutError
from tests.pipelines.conftest import EXPORTS, WOMEN, ReadExport, csv_text

MAPPING = """
city = "economy"
city_id = "wbcodev2"
cycle = "reportyr"
attributes = ["Region", "Income group"]
ignore = ["WBL INDEX", "GOING PLACES", "STARTING A JOB", "GETTING PAID", "GETTING MARRIED", "HAVING CHILDREN",
          "RUNNING A BUSINESS", "MANAGING ASSETS", "GETTING A PENSION"]
"""


def drafted(folder: Path, *records: list[str], name: str = "My survey (2).csv") -> Standard:
    """The standard drafted from records written as CSV; that it loads is part of every test."""
    (folder / name).write_text(csv_text(*records), encoding="utf-8")
    return loaded(folder, draft_standard(folder / name))


def loaded(folder: Path, draft: str) -> Standard:
    """The draft as the pipeline would load it."""
    (folder / "draft.toml").write_text(draft, encoding="utf-8")
    return load_standard(folder / "draft.toml")


def outline(standard: Standard) -> dict[str, list[str]]:
    """Area name → criterion ids."""
    return {area.name: [criterion.id for criterion in area.criteria] for area in standard.areas}


def test_headings_make_areas(tmp_path: Path) -> None:
    header = ["Town", "FIPS", "INDEX", "GOOD PLACES", "Is it “good”?", "Is it \\ bad?", "GOOD PAY", "Paid?", "Notes"]
    standard = drafted(
        tmp_path,
        header,
        ["Alder", "12", "0", "50", "Yes", "No", "1", "1", ""],
        ["B", "1", "", "0", "No", "", "0", "0", "x"],
    )
    assert outline(standard) == {"Good places": ["GP1", "GP2"], "Good pay": ["GPA1"]}
    assert [criterion.text for criterion in standard.criteria] == ["Is it “good”?", "Is it \\ bad?", "Paid?"]
    assert standard.id == "my-survey-2"


def test_codes_make_areas_where_there_are_no_headings(tmp_path: Path) -> None:
    header = ["City", "DM1: Keeps a list", "DM1_evidence", "dm 2. Private", "EV1", "Sub-area note"]
    standard = drafted(tmp_path, header, ["Alder", "Yes", "http://x", "No", "Yes", "none"])
    assert outline(standard) == {"DM": ["DM1", "DM2"], "EV": ["EV1"]}
    assert [criterion.text for criterion in standard.criteria] == ["Keeps a list", "Private", "EV1"]


def test_questions_alone_make_one_area(tmp_path: Path) -> None:
    standard = drafted(tmp_path, ["City", "Q1. Is there a plan?", "Q2. Is there a budget?"], ["Alder", "Sim", "Não"])
    assert outline(standard) == {"Unnamed area": ["AREA1", "AREA2"]}


def test_a_header_without_data(tmp_path: Path) -> None:
    standard = drafted(tmp_path, ["City", "Region", "PLANS", "Is there a plan?", "Your city keeps a list of data"])
    assert outline(standard) == {"Plans": ["PLANS1", "PLANS2"]}


def test_what_holds_no_answers_is_listed_in_comments(tmp_path: Path) -> None:
    path = tmp_path / "a\nb.csv"
    path.write_text(csv_text(["City", 'Re"gion\n[[area]]', "Plan?"], ["Alder", "North", "Yes"]), encoding="utf-8")
    assert '#   City\n#   Re"gion [[area]]\n' in draft_standard(path)
    assert outline(loaded(tmp_path, draft_standard(path))) == {"Unnamed area": ["AREA1"]}


def test_ragged_files_are_drafted_too(tmp_path: Path) -> None:
    records = [["City", "Plan?"], *[["Alder", "Yes"]] * 30, ["Birch"]]
    assert outline(drafted(tmp_path, *records)) == {"Unnamed area": ["AREA1"]}


def test_no_answers_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "cities.csv"
    path.write_text("city,population\nAlder,1200\n", encoding="utf-8")
    with pytest.raises(LayoutError, match=r"^cities.csv: no column of it holds answers such as yes and no$"):
        draft_standard(path)


@pytest.mark.skipif(not EXPORTS.exists(), reason=f"the shared survey exports are not at {EXPORTS}")
@pytest.mark.parametrize("name", ["qualtrics_2018.csv", "surveymonkey_2019.xlsx"])
def test_the_programme_from_its_own_exports(tmp_path: Path, name: str) -> None:
    ours = load_standard(STANDARDS / "wwc-2022.toml")
    standard = loaded(tmp_path, draft_standard(EXPORTS / name))
    assert [criterion.id for criterion in standard.criteria] == [criterion.id for criterion in ours.criteria]
    assert [len(area.criteria) for area in standard.areas] == [9, 4, 7, 4, 5, 3, 8, 3]


@pytest.mark.skipif(not WOMEN.exists(), reason=f"the shared panel is not at {WOMEN}")
def test_the_panel_of_women_business_and_the_law(tmp_path: Path, read_export: ReadExport) -> None:
    """Eight areas, 35 criteria; read back with the draft, every one of the 65,310 answers is there."""
    standard = loaded(tmp_path, draft_standard(WOMEN))
    assert {area.name: len(area.criteria) for area in standard.areas} == {
        "Going places": 4,
        "Starting a job": 4,
        "Getting paid": 4,
        "Getting married": 5,
        "Having children": 5,
        "Running a business": 4,
        "Managing assets": 5,
        "Getting a pension": 4,
    }
    reading = read_export(WOMEN, mapping=MAPPING, standard=standard)
    answers = Counter(row["answer"] for row in reading.rows)
    assert (answers["Yes"] + answers["No"], answers[None], len(answers)) == (65_310, 140, 3)
    assert len({row["city_id"] for row in reading.cities}) == 187
    assert reading.table.attributes == ("Region", "Income group")
    assert reading.table.unused == ()
