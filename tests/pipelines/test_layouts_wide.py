"""Wide exports: a record is a city, a column is a criterion."""

import pytest

from pipelines.layouts import LayoutError
from tests.pipelines.conftest import ReadExport, csv_text

TEXTS = {
    "DM1": "Your city keeps an inventory of “open” data—all of it.",
    "DM2": "Is the city's data kept private?",
    "EVAL1": "The city evaluates its programmes.",
}
ANSWERS = [("DM1", "Yes"), ("DM2", "No"), ("EVAL1", None)]


@pytest.mark.parametrize(
    "header",
    [
        ["DM1", "DM2", "EVAL1"],
        ["dm1", "Dm-2", "Eval 1"],
        [f"{id_} {text}" for id_, text in TEXTS.items()],
        [f"{id_}: {text}" for id_, text in TEXTS.items()],
        [f"{id_} - {text}" for id_, text in TEXTS.items()],
        ["DM1: the inventory, worded otherwise", "DM2. Private?", "EVAL1 Evaluates"],
        list(TEXTS.values()),
        [
            'your city keeps an  inventory of "open" data - all of it',
            "Is the city’s data kept private",
            "THE CITY EVALUATES ITS PROGRAMMES",
        ],
        [f"{number}. {text}" for number, text in enumerate(TEXTS.values(), 1)],
        [f"Q{number}. {id_}: {text}" for number, (id_, text) in enumerate(TEXTS.items(), 11)],
        ["Inventory", "privacy", "Evaluation policy"],
    ],
    ids=lambda header: header[0][:20],
)
def test_criteria_are_known_by_code_text_or_both(read_export: ReadExport, header: list[str]) -> None:
    reading = read_export(csv_text(["City", *header], ["Alder", "Yes", "No", ""]))
    assert reading.cells("criterion", "answer") == ANSWERS
    assert reading.cells("city", "row") == [("Alder", 2)] * 3
    assert [column for (column,) in reading.cells("column")] == header
    assert reading.table.layout == "wide"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_delimiters_marks_and_line_ends(read_export: ReadExport, delimiter: str, mark: bytes, end: str) -> None:
    header = ["City", "DM1", "Comments, if; any", "DM2", "EVAL1"]
    text = csv_text(header, ["São Aurélio", "Yes", "a, b; c", "No", ""], delimiter=delimiter).replace("\r\n", end)
    reading = read_export(mark + text.encode())
    assert reading.cells("criterion", "answer") == ANSWERS
    assert reading.rows[0]["city"] == "São Aurélio"


def test_evidence_stands_beside_its_answer(read_export: ReadExport) -> None:
    header = ["City", "DM1", "DM1_evidence", "DM2", "Supporting documentation", "EVAL1", "Evidence for EVAL1"]
    reading = read_export(csv_text(header, ["Alder", "Yes", "minutes", "No", "", "", "a plan"]))
    assert reading.cells("criterion", "evidence") == [("DM1", "minutes"), ("DM2", None), ("EVAL1", "a plan")]
    assert reading.table.unused == ()


def test_evidence_columns_may_stand_apart(read_export: ReadExport) -> None:
    header = ["City", "DM1", "DM2", "EVAL1", "EVAL1 comments", "DM1 comments"]
    reading = read_export(csv_text(header, ["Alder", "Yes", "No", "No", "for the third", "for the first"]))
    assert reading.cells("criterion", "evidence") == [
        ("DM1", "for the first"),
        ("DM2", None),
        ("EVAL1", "for the third"),
    ]


def test_columns_of_the_record_are_found(read_export: ReadExport) -> None:
    header = ["Year", "Stage", "City ID", "Municipality", "Last updated", "DM1"]
    reading = read_export(csv_text(header, ["2024", "validated", "al", "Alder", "2024-05-01", "Yes"]))
    assert reading.cells("cycle", "stage", "city_id", "city", "updated_at") == [
        ("2024", "validated", "al", "Alder", "2024-05-01")
    ]
    assert reading.table.headers == {
        "cycle": "Year",
        "stage": "Stage",
        "city_id": "City ID",
        "city": "Municipality",
        "updated_at": "Last updated",
    }


def test_a_column_of_answers_to_no_criterion_is_not_lost(read_export: ReadExport) -> None:
    header = ["City", "DM1", "DM9", "Do you agree?", "Population", "Finished"]
    reading = read_export(
        csv_text(header, ["Alder", "Yes", "", "No", "1200", "True"], ["Birch", "No", "Maybe", "Yes", "0", "True"])
    )
    assert reading.cells("row", "criterion", "answer") == [
        (2, "DM1", "Yes"),
        (2, "DM9", None),
        (2, "Do you agree?", "No"),
        (3, "DM1", "No"),
        (3, "DM9", "Maybe"),
        (3, "Do you agree?", "Yes"),
    ]
    assert reading.table.unused == ("Population",)


def test_columns_without_a_header(read_export: ReadExport) -> None:
    """Blank ones are nothing; one that holds answers is loud, one that holds something else is named."""
    reading = read_export(csv_text(["City", "DM1", "", "", ""], ["Alder", "Yes", "", "No", "12"]))
    assert reading.cells("criterion", "answer") == [("DM1", "Yes"), ("column D", "No")]
    assert reading.table.unused == ("column E",)


def test_an_exact_header_beats_a_looser_one(read_export: ReadExport) -> None:
    reading = read_export(csv_text(["City", "DM1", "DM1 points awarded"], ["Alder", "Yes", "3"]))
    assert reading.cells("criterion", "answer") == [("DM1", "Yes")]
    assert reading.table.unused == ("DM1 points awarded",)


def test_two_columns_for_a_criterion_are_refused(read_export: ReadExport) -> None:
    with pytest.raises(LayoutError, match=r"export.csv: the columns 'DM1' and 'dm 1' both name criterion DM1"):
        read_export(csv_text(["City", "DM1", "dm 1"], ["Alder", "Yes", "No"]))


@pytest.mark.parametrize(
    "header", ["DM1 'quoted' \"twice\"", "DM1; drop table x; --", "DM1 {brace} $1 ? :x", "DM1\nsecond line", "DM1 \\"]
)
def test_hostile_headers_stay_text(read_export: ReadExport, header: str) -> None:
    attribute = "Re\"gion's; {1}"
    text = csv_text(["City", attribute, header], ["Alder", "No'r\"th", "Yes"])
    reading = read_export(text, mapping=f"attributes = ['''{attribute}''']")
    assert reading.cells("criterion", "column") == [("DM1", header)]
    assert reading.cities == [{"city_id": None, "city": "Alder", "state": None, attribute: "No'r\"th"}]


@pytest.mark.parametrize(
    "name", ["it's.csv", "a[1]*?.csv", 'q"uote.csv', "semi;colon.csv", "back\\slash.csv", "no suffix", "São.CSV"]
)
def test_hostile_file_names(read_export: ReadExport, name: str) -> None:
    for repair in (False, True):
        assert read_export(csv_text(["City", "DM1"], ["Alder", "Yes"]), name, repair=repair).cells("answer") == [
            ("Yes",)
        ]
