"""Long exports (a record is an answer), and the same records whatever the format."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lib.standard import Standard
from pipelines.layouts import LayoutError
from tests.pipelines.conftest import ReadExport, csv_text

LONG = "city_id,city,cycle,stage,criterion_id,response,evidence_url,updated_at\n"
NAMES = ("city_id", "city", "cycle", "stage", "criterion", "answer", "evidence", "updated_at")


def test_one_row_per_record_as_received(read_export: ReadExport) -> None:
    reading = read_export(LONG + "al,Alder,2024,validated,DM1,met,minutes,2024-05-01\n,,,,dm 2, Maybe? ,,13/45/2024\n")
    assert reading.cells(*NAMES, "row", "column") == [
        ("al", "Alder", "2024", "validated", "DM1", "met", "minutes", "2024-05-01", 2, "response"),
        (None, None, None, None, "dm 2", " Maybe? ", None, "13/45/2024", 3, "response"),
    ]
    assert reading.table.layout == "long"
    assert reading.table.first_row == 2  # scanned as it is, without a copy


def test_columns_in_other_words(read_export: ReadExport) -> None:
    reading = read_export("Municipio;Ciclo;Pregunta;Respuesta\nAlder;2024;DM1;Sí\n")
    assert reading.cells("city", "cycle", "criterion", "answer") == [("Alder", "2024", "DM1", "Sí")]


def test_the_standards_own_noun_names_the_city(read_export: ReadExport, small: Standard) -> None:
    economy = replace(small, noun="economy", noun_plural="economies")
    reading = read_export("Economy,Economy code,question,answer\nAlbania,ALB,DM1,Yes\n", standard=economy)
    assert reading.cells("city", "city_id") == [("Albania", "ALB")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("city,item,value\na,DM1,1\nb,DM2,2\n", [2, 3]),
        ("city,item,value\na,DM1,1\n\n\nb,DM2,2\n\n\n", [2, 5]),
        ("\n\ncity,item,value\na,DM1,1\nb,DM2,2\n", [4, 5]),
        ("city,item,value\r\na,DM1,1\r\n,,\r\n\r\nb,DM2,2\r\n", [2, 5]),
        ('city,item,value\r\n"a\nb",DM1,1\r\nb,DM2,2\r\n', [2, 3]),
        ('city,item,value\n"a\r\nb",DM1,1\nb,DM2,2\n', [2, 3]),
        ('city,"it\nem",value\r\na,DM1,1\r\nb,DM2,2\r\n', [2, 3]),
        ('city,"it\nem",value\na,DM1,1\nb,DM2,2\n', [2, 3]),
        ('city,item,value\na,DM1,1\n"b\n\nc",DM2,2\n', [2, 3]),
        ("city,item,value\r\na,DM1,1\nb,DM2,2\r\n", [2, 3]),
        ("city,item,value\na,DM1,1\r\nb,DM2,2\r\n", [2, 3]),
        ("city,item,value\ra,DM1,1\r\rb,DM2,2", [2, 4]),
    ],
)
def test_numbers_are_those_of_a_spreadsheet(read_export: ReadExport, text: str, numbers: list[int]) -> None:
    expected = list(zip(numbers, ["DM1", "DM2"], ["1", "2"], strict=True))
    for repair in (False, True):
        assert read_export(text, repair=repair).cells("row", "criterion", "answer") == expected


@pytest.mark.parametrize(
    "body",
    [
        "Alder,DM1,Yes,and,more\nBirch,DM2,No\n",
        "Alder,DM1,Yes\nBirch,DM2,No\nCedar,DM1\n",
        'Alder,DM1,Yes\n"Birch" B,DM2,No\n',
        "Alder,DM1,Yes\nBirch,DM2,No\n   \n",
        'Alder,DM1,Yes\nBirch,DM2,"No\n',
    ],
    ids=["too wide", "too narrow", "quoted in part", "blanks", "quote left open"],
)
@pytest.mark.parametrize("before", [0, 30])
def test_ragged_records_load_at_the_latest_when_repaired(read_export: ReadExport, body: str, before: int) -> None:
    """Some are seen at the head; the others the strict scan refuses, and the loader asks again."""
    reading = read_export("city,criterion,response\n" + "Zelkova,EVAL1,Yes\n" * before + body)
    assert reading.table.first_row is None
    assert [
        (key, str(answer).strip()) for key, answer in reading.cells("criterion", "answer")[before : before + 2]
    ] == [
        ("DM1", "Yes"),
        ("DM2", "No"),
    ]
    assert reading.cells("row") == [(number,) for number in range(2, 2 + len(reading.rows))]


def test_a_wide_file_is_repaired_while_its_columns_are_looked_at(read_export: ReadExport) -> None:
    text = "city,DM1,opinion\n" + "Alder,Yes,fine\n" * 30 + "Birch,No\n"
    reading = read_export(text)
    assert (reading.rows[-1]["row"], reading.rows[-1]["city"], reading.rows[-1]["answer"]) == (32, "Birch", "No")


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6) | st.sampled_from(
    ["", " ", "\n", "\r\n", "\r", '"', '""', ",", ";", "\t", "a\nb", "a\r\nb", "'", "\\", "#", "é", "\ufeff", "NULL"]
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8),
    header=CELL,
    style=st.tuples(st.booleans(), st.sampled_from([",", ";", "\t"]), st.booleans(), st.booleans()),
)
@example(cells=[("Yes", "")], header="a\nb", style=(True, ",", True, True))  # DuckDB would read half the header as data
def test_no_record_is_lost_and_no_cell_changed(
    read_export: ReadExport, cells: list[tuple[str, str]], header: str, style: tuple[bool, str, bool, bool]
) -> None:
    """Whatever stands in cells and header; only the kind of line end inside them may change."""
    first, delimiter, lf, mark = style
    records = [["city", "criterion", "response", "notes"], *(["Alder", "DM1", answer, note] for answer, note in cells)]
    odd = [header, *(note for _, note in cells)]
    records = [[extra, *record] if first else [*record, extra] for extra, record in zip(odd, records, strict=True)]
    text = csv_text(*records, delimiter=delimiter)
    text = ("\ufeff" if mark else "") + (text.replace("\r\n", "\n") if lf else text)
    expected = [(number, one_line_end(a), one_line_end(n)) for number, (a, n) in enumerate(cells, 2)]
    for repair in (False, True):
        reading = read_export(text, repair=repair)
        found = [(row["row"], one_line_end(row["answer"]), one_line_end(row["evidence"])) for row in reading.rows]
        assert found == expected


def one_line_end(cell: object) -> str:
    """A blank cell is null."""
    return str(cell or "").replace("\r\n", "\n").replace("\r", "\n")


def test_cells_that_span_lines_in_a_file_read_in_parallel(read_export: ReadExport) -> None:
    """DuckDB cuts a file into pieces for its threads; a cut inside a quoted cell must not lose or split a record."""
    many = 400_000
    lines = (f'Alder,DM1,"yes {number}\nno {number}, ""{number}""","{"x" * (number % 90)}\n"' for number in range(many))
    reading = read_export("city,criterion,response,notes\n" + "\n".join(lines) + "\n")
    assert reading.table.first_row == 2
    assert [row["answer"] for row in reading.rows] == [f'yes {n}\nno {n}, "{n}"' for n in range(many)]


def test_parquet_with_types(read_export: ReadExport, tmp_path: Path) -> None:
    path = tmp_path / "it's.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            'create table typed as select \'Alder\' as city, 2024 as year, true as "DM1", null::boolean as "dm-2", '
            "date '2024-05-01' as updated_at union all select 'Birch', 2025, false, true, null"
        )
        connection.table("typed").write_parquet(str(path))
    reading = read_export(path)
    assert reading.cells("row", "city", "cycle", "criterion", "answer", "updated_at") == [
        (2, "Alder", "2024", "DM1", "true", "2024-05-01"),
        (2, "Alder", "2024", "DM2", None, "2024-05-01"),
        (3, "Birch", "2025", "DM1", "false", None),
        (3, "Birch", "2025", "DM2", "true", None),
    ]


def test_workbook_with_types_and_blank_rows(read_export: ReadExport, tmp_path: Path) -> None:
    path = tmp_path / "typed.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Cover")
        sheet = book.add_worksheet("Data")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(1, 1, ["City", "Year", "Updated", "DM1", "DM2"])
        sheet.write_row(4, 1, ["Alder", 2024])
        sheet.write_datetime(4, 3, dt.datetime(2024, 5, 1, 9, 30), day)
        sheet.write_boolean(4, 4, True)
        sheet.write_number(4, 5, 0.5)
        sheet.write_row(5, 1, ["Birch\r\nBay", 2025, "", "x"])
    reading = read_export(path)
    assert reading.cells("row", "city", "cycle", "updated_at", "criterion", "answer") == [
        (5, "Alder", "2024", "2024-05-01 09:30:00", "DM1", "true"),
        (5, "Alder", "2024", "2024-05-01 09:30:00", "DM2", "0.5"),
        (6, "Birch\nBay", "2025", None, "DM1", "x"),
        (6, "Birch\nBay", "2025", None, "DM2", None),
    ]
    assert read_export(path, mapping='sheet = "Data"').rows == reading.rows
    with pytest.raises(LayoutError, match=r"typed.xlsx: has no sheet 'Dat', only Cover, Data"):
        read_export(path, mapping='sheet = "Dat"')
