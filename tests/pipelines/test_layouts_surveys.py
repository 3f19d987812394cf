"""The headers that survey tools write, and the real exports where they are at hand."""

import csv
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from lib.standard import STANDARDS, load_standard
from tests.pipelines.conftest import EXPORTS, ReadExport, Reading, csv_text

QUALTRICS = [
    ["StartDate", "EndDate", "RecordedDate", "Finished", "City", "QID3", "QID3_TEXT", "Q4", "DM2_evidence"],
    [
        "Start\nDate",
        "End Date",
        "Recorded Date",
        "Finished",
        "Name of your local government",
        "DM1: Your city keeps an inventory",
        "Supporting documentation",
        "Is the city's data kept private?",
        "Supporting documentation",
    ],
    [f'{{"ImportId":"{id_}"}}' for id_ in ("startDate", "endDate", "recordedDate", "finished", *"ABCDE")],
]
ANSWERS = ["2024-01-01", "2024-01-02", "2024-01-03", "True", "Alder", "Yes", "minutes\nof May", "No", "plan"]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_qualtrics_has_three_header_records(read_export: ReadExport, end: str, mark: str) -> None:
    reading = read_export(mark + csv_text(*QUALTRICS, ANSWERS, ANSWERS).replace("\r\n", end))
    assert reading.table.layout == "qualtrics"
    assert reading.cells("row", "city", "criterion", "answer", "evidence", "updated_at", "column")[:2] == [
        (4, "Alder", "DM1", "Yes", "minutes\nof May", "2024-01-03", "QID3"),
        (4, "Alder", "DM2", "No", "plan", "2024-01-03", "Q4"),
    ]
    assert [row["row"] for row in reading.rows] == [4, 4, 5, 5]
    assert reading.table.unused == ()


def test_qualtrics_without_question_texts(read_export: ReadExport) -> None:
    names, imports = ["City", "DM1"], ['{"ImportId":"QID1"}', "{'ImportId': 'QID2'}"]
    reading = read_export(csv_text(names, imports, ["Alder", "Yes"]))
    assert reading.cells("row", "criterion", "answer") == [(3, "DM1", "Yes")]


SURVEYMONKEY = [
    ["Respondent ID", "Start Date", "End Date", "What is your city?", "", "Q1. DM1: Inventory?", "", "Data", ""],
    ["", "", "", "State", "City", "Response", "Please link your evidence", "DM2: private?", "EVAL1"],
    ["10000000001", "01/02/2024 08:00:00 AM", "01/02/2024 09:00:00 AM", "OH", "Alder", "Yes", "minutes", "No", "x"],
]


def test_surveymonkey_merges_questions_over_parts(read_export: ReadExport) -> None:
    reading = read_export(csv_text(*SURVEYMONKEY))
    assert reading.table.layout == "surveymonkey"
    assert reading.cells("row", "city", "criterion", "answer", "evidence", "column") == [
        (3, "Alder", "DM1", "Yes", "minutes", "Q1. DM1: Inventory?"),
        (3, "Alder", "DM2", "No", None, "DM2: private?"),
        (3, "Alder", "EVAL1", "x", None, "EVAL1"),
    ]
    assert reading.rows[0]["updated_at"] == "01/02/2024 09:00:00 AM"
    assert reading.table.usual_dates == "month first"
    assert reading.table.headers["state"] == "State"
    assert reading.table.unused == ()


def test_surveymonkey_workbook(read_export: ReadExport, tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, record in enumerate(SURVEYMONKEY):
            sheet.write_row(number, 0, record)
        sheet.write_number(2, 0, 10000000001)
    reading = read_export(path)
    assert reading.cells("row", "criterion", "answer") == [(3, "DM1", "Yes"), (3, "DM2", "No"), (3, "EVAL1", "x")]


real = pytest.mark.skipif(not EXPORTS.exists(), reason=f"the shared survey exports are not at {EXPORTS}")
Cells = dict[tuple[int, str], tuple[str, str]]  # (record, criterion) → answer, evidence


def records_of(name: str) -> list[list[str]]:
    """Every record as another reader sees it."""
    if name.endswith(".xlsx"):
        sheet = openpyxl.load_workbook(EXPORTS / name).active
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    with (EXPORTS / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def paired(name: str, first: int, codes: list[str]) -> Cells:
    """A wide export whose answers stand before their evidence from the sixth or eighth column on."""
    return {
        (number, codes[column]): (record[column], record[column + 1])
        for number, record in enumerate(records_of(name), 1)
        for column in range(first, len(codes) - 1, 2)
        if number > (3 if name.startswith("qualtrics") else 2)
    }


@real
def test_real_qualtrics_export(read_export: ReadExport) -> None:
    name = "qualtrics_2018.csv"
    reading = read_export(EXPORTS / name, standard=load_standard(STANDARDS / "wwc-2022.toml"))
    assert answers_of(reading) == paired(name, 7, records_of(name)[0])
    assert (reading.table.layout, len(reading.rows), reading.table.unused) == ("qualtrics", 688, ())
    assert reading.table.headers == {"city": "City", "city_id": "CityID", "updated_at": "RecordedDate"}


@real
def test_real_surveymonkey_export(read_export: ReadExport) -> None:
    name = "surveymonkey_2019.xlsx"
    reading = read_export(EXPORTS / name, standard=load_standard(STANDARDS / "wwc-2022.toml"))
    codes = [text.split(":")[0].split(". ")[-1] for text in records_of(name)[0]]
    assert answers_of(reading) == paired(name, 5, codes)
    assert (reading.table.layout, len(reading.rows), reading.table.unused) == ("surveymonkey", 602, ())
    assert reading.table.headers == {"city": "City", "state": "State", "updated_at": "End Date"}


@real
def test_real_long_export(read_export: ReadExport) -> None:
    reading = read_export(EXPORTS / "long_2020.csv", standard=load_standard(STANDARDS / "wwc-2022.toml"))
    records = enumerate(records_of("long_2020.csv"), 1)
    found = [["" if cell is None else cell for cell in cells] for cells in reading.cells("row", *LONG)]
    assert found == [[number, *record] for number, record in records if number > 1]
    assert (reading.table.layout, len(reading.rows)) == ("long", 612)


LONG = ("city_id", "city", "cycle", "criterion", "answer", "evidence", "updated_at")


def answers_of(reading: Reading) -> Cells:
    """What the reader found, by record and criterion."""
    cells = reading.cells("row", "criterion", "answer", "evidence")
    return {(row, criterion): (answer or "", evidence or "") for row, criterion, answer, evidence in cells}  # type: ignore[misc]
