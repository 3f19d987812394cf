"""Inspecting is reading with the loader's eyes: what it says is what a load does, and its mapping loads the same."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from lib.standard import load_standards
from pipelines.cli import app
from pipelines.inspect import Asked, Inspection, inspect
from pipelines.layouts import LayoutError
from pipelines.load import LoadError
from pipelines.mapping import load_mapping, read_mapping
from tests.pipelines.conftest import EXPORTS
from tests.pipelines.exports import CITIES, TEXT, WWC, answers, city_sheet, load_into, table, workbook, write
from tests.pipelines.loads import tables

GOOGLE = [
    ["Timestamp", "1. Which city do you represent?", f"2. {TEXT['DM1']}", f"3. {TEXT['LC6']}", "4. Anything else?"],
    ["3/14/2023 10:33:21", "Alder Falls, OH", "Yes", "No", "We moved"],
    ["3/2/2023 9:00:00", "Birchmont, TX", "No", "Maybe", ""],
]
REWORDED = " ".join([*TEXT["DM2"].split()[:-3], "in every way"])


def looked_at(path: Path, **asked: object) -> Inspection:
    return inspect(path, Asked(**asked), load_standards())  # type: ignore[arg-type]


def run(*arguments: object) -> tuple[int, str, str]:
    found = CliRunner().invoke(app, list(map(str, arguments)))
    return found.exit_code, found.stdout, found.stderr


def test_every_column_has_a_meaning_a_confidence_and_a_reason(tmp_path: Path) -> None:
    path = write(tmp_path / "form.csv", table(GOOGLE, ";").encode("cp1252"))
    found = looked_at(path, cities=write(tmp_path / "cities.csv", CITIES), cycle="2023")
    assert (found.layout, found.format, found.delimiter) == ("google forms", "delimited text", ";")
    assert found.header_rows == (1, 1)
    told = [(column.column, column.field, column.criterion, column.confidence) for column in found.columns]
    assert told == [
        ("A", "updated_at", "", 0.95),
        ("B", "city", "", 0.95),
        ("C", "criterion", "DM1", 0.98),
        ("D", "criterion", "LC6", 0.98),
        ("E", "", "", 0.0),
    ]
    assert all(column.reason for column in found.columns)
    assert found.certain
    assert (found.answers, dict(found.rejected)) == (4, {"unknown response": 1})
    assert "DM2" in found.missing_criteria
    first = found.preview[0]
    assert (first["row"], first["city"], first["criterion"], first["status"]) == (2, "Alder Falls", "DM1", "met")
    assert str(first["updated_at"]) == "2023-03-14 10:33:21"


def test_what_is_not_certain_is_asked_with_the_best_guess(tmp_path: Path) -> None:
    """A question worded otherwise and an unusual word for the city: proposed, and load stops with the same."""
    rows = [["Your city and its region", "DM1", REWORDED], ["Birchmont, TX", "Yes", "No"]]
    path = write(tmp_path / "form.csv", table(rows))
    found = looked_at(path, cycle="2023")
    assert not found.certain
    assert len(found.doubts) == 2
    assert 'city = "Your city and its region"' in found.proposal
    assert f"= {json.dumps('DM2')}" in found.proposal
    assert [row["status"] for row in found.preview] == ["met", "not_met"]  # as the proposal would read it
    with pytest.raises(LoadError) as refused:
        load_into(tmp_path / "c.duckdb", path)
    assert refused.value.proposal == found.proposal
    mapping = write(tmp_path / "mapping.toml", found.proposal)
    load_into(tmp_path / "c.duckdb", path, mapping=mapping, cities=CITIES)
    assert [(criterion, status) for _, _, criterion, status in answers(tmp_path / "c.duckdb")] == [
        ("DM1", "met"),
        ("DM2", "not_met"),
    ]


def exports(folder: Path) -> dict[str, tuple[Path, str]]:
    """One export of each kind, with the mapping that a person would write for it."""
    city = {"DM1": "Yes", "LC6": "No"}
    return {
        "google": (write(folder / "google.csv", table(GOOGLE)), 'city = "1. Which city do you represent?"'),
        "utf-16": (write(folder / "t.txt", table(GOOGLE, "\t").encode("utf-16")), 'delimiter = "\\t"'),
        "marks": (
            write(folder / "marks.csv", table([["City", "DM1", "DM2"], ["Birchmont", "x", ""]])),
            'blank = "not_met"',
        ),
        "dates": (
            write(folder / "d.csv", table([["City", "DM1", "Date"], ["Birchmont", "Yes", "5/4/2023"]])),
            'dates = "month first"',
        ),
        "city": (
            workbook(folder / "b.xlsx", {"Cover": [["Hello"]], "Form": city_sheet("Birchmont", city)}),
            'header_row = 5\nsheet = "Form"\n[cells]\ncity = "B2"\nupdated_at = "B3"',
        ),
        "reworded": (
            write(folder / "r.csv", table([["City", REWORDED], ["Birchmont", "Yes"]])),
            f'[criteria]\n"{REWORDED}" = "DM2"',
        ),
    }


@pytest.mark.parametrize("kind", ["google", "utf-16", "marks", "dates", "city", "reworded"])
def test_the_written_mapping_loads_as_one_written_by_hand(tmp_path: Path, kind: str) -> None:
    path, by_hand = exports(tmp_path)[kind]
    code, _, wrong = run("inspect", path, "--cycle", "2023", "--write-mapping", tmp_path / "proposed.toml")
    assert (code, wrong) == (0, "")
    built = []
    for name, mapping in (("proposed", tmp_path / "proposed.toml"), ("hand", write(tmp_path / "hand.toml", by_hand))):
        load_into(tmp_path / name / "c.duckdb", path, mapping=mapping)
        built.append(tables(tmp_path / name / "c.duckdb"))
    for told in built:  # what tells the builds apart, and nothing else may
        told.pop("publication")
        told["source"] = [tuple(value for value in row if not hasattr(value, "year")) for row in told["source"]]
    assert built[0] == built[1]
    assert built[0]["response"]


def test_a_proposal_says_what_it_was_told(tmp_path: Path) -> None:
    """The proposal made under a mapping is that mapping again, completed."""
    path = write(
        tmp_path / "f.csv", table([["Ort", "DM1", "Frage", "Rest"], ["A", "Ja", "Ja", "n"], ["B", "Nein", "Ja", "m"]])
    )
    text = 'city = "Ort"\nignore = ["Rest"]\n[criteria]\n"Frage" = "DM2"\n[answers]\nmet = ["Ja"]\nnot_met = ["Nein"]\n'
    told = load_mapping(write(tmp_path / "m.toml", text))
    found = looked_at(path, told=told, cycle="2023")
    again = load_mapping(write(tmp_path / "m.toml", found.proposal))
    assert (again.columns, again.ignore, again.answers) == (
        {"city": "Ort"},
        ("Rest",),
        {"Ja": "met", "Nein": "not_met"},
    )
    assert again.criteria == {"DM1": "DM1", "Frage": "DM2"}
    assert inspect(path, Asked(told=again, cycle="2023"), load_standards()).proposal == found.proposal


def test_the_command_for_people_and_for_programs(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", {"Form": city_sheet("Birchmond", {"DM1": "Yes"})})
    cities = write(tmp_path / "cities.csv", CITIES)
    code, told, _ = run("inspect", path, "--cities", cities)
    assert code == 0
    for words in (
        "one city",
        "Header in row 5",
        "city is 'Birchmond' (B2, 95%",
        "'Birchmond' may be Birchmont",
        "--cycle",
    ):
        assert words in told
    code, told, _ = run("inspect", path, "--json", "--standard", WWC.id)
    found = json.loads(told)
    assert (code, found["layout"], found["certain"], len(found["preview"])) == (0, "one city", True, 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "is empty"), (b"PK\3\4", "is not a workbook that can be opened"), (b"\0\1\2", "is neither text")],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    code, told, wrong = run("inspect", write(tmp_path / "f.csv", content))
    assert (code, told) == (1, "")
    assert wrong.startswith(f"Error: f.csv: {sentence}")


def test_a_file_about_something_else(tmp_path: Path) -> None:
    """Nothing of the standard in it: told with the columns, not with a failure."""
    found = looked_at(write(tmp_path / "f.csv", "Name,Price\nApples,3\n"))
    assert not found.certain
    assert "no criterion of wwc-2022 is in the header (Name, Price)" in found.doubts[0]
    assert (found.answers, found.preview) == (0, ())


@pytest.mark.skipif(not EXPORTS.exists(), reason="the real exports are not here")
@pytest.mark.parametrize("name", ["qualtrics_2018.csv", "surveymonkey_2019.xlsx", "long_2020.csv"])
def test_the_real_exports_are_certain(name: str) -> None:
    found = looked_at(EXPORTS / name, cities=EXPORTS / "cities.csv")
    assert found.certain, found.doubts
    assert found.missing_criteria == ()
    assert len(found.preview) == 10


def test_ten_megabytes_in_a_second(tmp_path: Path) -> None:
    """Of the processor, whatever else runs; and generous, for a slow one: benchmarks/workbooks.py measures."""
    row = ["Birchmont, TX", *(["Yes", "see the minutes of the council"] * len(WWC.criteria))]
    header = ["City", *(text for c in WWC.criteria for text in (f"{c.id}: {c.text}", "Evidence"))]
    path = write(tmp_path / "big.csv", table([header, *([row] * 6_500)]))
    assert path.stat().st_size > 9_000_000
    started = time.process_time()
    found = looked_at(path, cycle="2023")
    assert found.answers == 6_500 * 43
    assert time.process_time() - started < 5


def test_headers_that_repeat_are_told_by_their_letters(tmp_path: Path) -> None:
    path = write(tmp_path / "f.csv", table([["City", "DM1", "City", "DM1"], ["Birchmont", "Yes", "x", "No"]]))
    found = looked_at(path, cycle="2023")
    assert 'city = "column A"' in found.proposal
    assert 'ignore = ["column D"]' in found.proposal
    load_into(tmp_path / "c.duckdb", path, mapping=write(tmp_path / "m.toml", found.proposal))
    assert answers(tmp_path / "c.duckdb") == [("birchmont", "2023", "DM1", "met")]


WORDS = [
    *("City", "City:", "Date", "Code", "Criterion", "Answer", "Justification", "Yes", "No", "x", "", "", "DM1", "dm-3"),
    *(
        "LC 6",
        "DM99",
        "Alder",
        "Alder Falls, OH",
        "2023-05-04",
        "05/04/2023",
        "13/04/2023",
        "Data Management",
        "Response",
    ),
    *(
        "Respondent ID",
        "Timestamp",
        "ID",
        "Start time",
        "Completion time",
        '{"ImportId":"a"}',
        TEXT["DM1"],
        '"q',
        "a\nb",
    ),
    *("City: Birch", "DM1 evidence", "Cycle", "2023", "Status", "Name", "Which? [DM1]", "Q1. DM2: x", "=1+1", "é"),
]
TABLES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=12)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(rows=TABLES, codec=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
def test_any_table_is_told_about(tmp_path: Path, rows: list[list[str]], codec: str) -> None:
    """Whatever stands where: an inspection, or one sentence; its mapping can be read; what it counts adds up."""
    path = write(tmp_path / "f.csv", table(rows).encode(codec))
    try:
        found = looked_at(path, cycle="2023")
    except LayoutError as fault:
        assert str(fault).startswith("f.csv: ")
        return
    read_mapping(found.proposal, "the proposal")
    assert sum(found.rejected.values()) <= found.answers
    assert len(found.preview) == min(found.answers, 10)
