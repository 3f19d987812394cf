"""Forms of the usual tools: full question texts, numbers before them, several header rows, odd spellings."""

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from pipelines.load import LoadError
from tests.pipelines.exports import CITIES, TEXT, answers, load_into, table, workbook, write
from tests.pipelines.loads import ask

ALDER = [
    ("alder-falls", "2023", "DM1", "met"),
    ("alder-falls", "2023", "DM2", "not_met"),
    ("alder-falls", "2023", "LC6", "not_answered"),
]
DATES = "select distinct updated_at::date from response"


def test_google_forms(tmp_path: Path) -> None:
    """Numbered full texts and no codes, the city with its state in one cell, dates as in the United States."""
    header = ["Timestamp", "Email Address", "1. What is the name of your city?"]
    header += [f"{number}. {TEXT[criterion]}" for number, criterion in enumerate(("DM1", "DM2", "LC6"), 2)]
    row = ["3/4/2023 10:33:21", "a@example.org", "Alder Falls, OH", "Yes, we meet this", "No, not yet", ""]
    path = write(tmp_path / "form.csv", table([header, row]))
    report = load_into(tmp_path / "c.duckdb", path, cities=CITIES)
    assert answers(tmp_path / "c.duckdb") == ALDER
    assert ask(tmp_path / "c.duckdb", DATES) == [(dt.date(2023, 3, 4),)]
    assert ask(tmp_path / "c.duckdb", "select layout from source") == [("google forms",)]
    assert report.notes == ()


def test_google_forms_outside_the_united_states(tmp_path: Path) -> None:
    """A day above 12 beats what the tool does elsewhere."""
    rows = [["Timestamp", "City", TEXT["DM1"]], ["14/3/2023 10:33:21", "A", "Sí"], ["4/3/2023 9:00:00", "B", "Sí"]]
    load_into(tmp_path / "c.duckdb", write(tmp_path / "form.csv", table(rows)))
    assert ask(tmp_path / "c.duckdb", f"{DATES} order by 1") == [(dt.date(2023, 3, 4),), (dt.date(2023, 3, 14),)]


def test_microsoft_forms(tmp_path: Path) -> None:
    """Name is who filled it in, ID counts the answers; neither is the city."""
    header = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "City and state",
        *map(TEXT.get, ("DM1", "DM2", "LC6")),
    ]
    begun = dt.datetime(2023, 5, 14, 9)
    row = [7, begun, begun.replace(hour=10), "anonymous", "Ana Birch", "alder falls (OH)", "Yes", "No", ""]
    path = workbook(tmp_path / "form.xlsx", {"Sheet1": [header, row]})
    load_into(tmp_path / "c.duckdb", path, cities=CITIES)
    assert answers(tmp_path / "c.duckdb") == ALDER
    assert ask(tmp_path / "c.duckdb", "select layout from source") == [("microsoft forms",)]
    assert ask(tmp_path / "c.duckdb", "select distinct updated_at from response") == [(begun.replace(hour=10),)]


def test_airtable_with_checkboxes(tmp_path: Path) -> None:
    rows = [["City", "Last Modified Time", "dm1", "DM-2", "LC 6"], ["Alder Falls, OH", "2023-05-14", "checked", "", ""]]
    path = write(tmp_path / "grid.csv", "\ufeff" + table(rows))
    with pytest.raises(LoadError, match=r"^grid.csv: every answer is 'checked' or blank") as refused:
        load_into(tmp_path / "c.duckdb", path, cities=CITIES)
    mapping = write(tmp_path / "mapping.toml", refused.value.proposal)
    load_into(tmp_path / "c.duckdb", path, cities=CITIES, mapping=mapping)
    assert [status for *_, status in answers(tmp_path / "c.duckdb")] == ["met", "not_met", "not_met"]
    assert ask(tmp_path / "c.duckdb", "select layout from source") == [("airtable",)]


def test_the_dates_of_airtable(tmp_path: Path) -> None:
    rows = [["City", "Last Modified", "DM1"], ["Alder", "5/14/2023 10:33am", "Yes"], ["Birch", "5/2/2023 1:05pm", "No"]]
    load_into(tmp_path / "c.duckdb", write(tmp_path / "grid.csv", table(rows)))
    assert ask(tmp_path / "c.duckdb", "select updated_at from response order by 1") == [
        (dt.datetime(2023, 5, 2, 13, 5),),
        (dt.datetime(2023, 5, 14, 10, 33),),
    ]


def test_codes_in_merged_cells_over_answer_and_justification(tmp_path: Path) -> None:
    rows = [
        ["What Works Cities, all cities"],
        [],
        ["City", "DM1", "", "DM2", "", "LC6", ""],
        ["", "Answer", "Justification", "Answer", "Justification", "Answer", "Justification"],
        ["Alder Falls, OH", "Yes", "minutes", "No", "", "", "none yet"],
    ]
    path = workbook(tmp_path / "all.xlsx", {"All": rows}, ["A3:A4", "B3:C3", "D3:E3", "F3:G3"])
    load_into(tmp_path / "c.duckdb", path, cities=CITIES)
    assert answers(tmp_path / "c.duckdb") == ALDER
    found = ask(tmp_path / "c.duckdb", "select criterion_id::text, evidence, row from response order by 1")
    assert found == [("DM1", "minutes", 5), ("DM2", None, 5), ("LC6", "none yet", 5)]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_wide_table_under_a_title(tmp_path: Path, form: str) -> None:
    rows = [
        ["Results of the year", "", "", ""],
        ["Date", "2023-05-14", "", ""],
        ["", "", "", ""],
        ["Municipality", "DM1", "DM2", "LC6"],
        ["Alder Falls, OH", "TRUE", "FALSE", ""],
    ]
    path = tmp_path / f"results.{form}"
    _ = write(path, table(rows, ";")) if form == "csv" else workbook(path, {"Cover": [["About"]], "Results": rows})
    load_into(tmp_path / "c.duckdb", path, cities=CITIES)
    assert answers(tmp_path / "c.duckdb") == ALDER
    assert ask(tmp_path / "c.duckdb", "select distinct updated_at::text, row from response") == [
        ("2023-05-14 00:00:00", 5)
    ]


@pytest.mark.parametrize(
    ("yes", "no"),
    [("Yes", "No"), ("Sim", "Não"), ("Sí", "No"), ("TRUE", "FALSE"), ("1", "0"), ("Yes, we meet this", "No, not yet")],
)
def test_answers_in_the_words_of_each_tool(tmp_path: Path, yes: str, no: str) -> None:
    rows = [["City", "Eval 1", "LC-6", "dm1"], ["Birchmont", yes, no, ""]]
    load_into(tmp_path / "c.duckdb", write(tmp_path / "f.csv", table(rows)))
    found = [(criterion, status) for _, _, criterion, status in answers(tmp_path / "c.duckdb")]
    assert found == [("DM1", "not_answered"), ("EVAL1", "met"), ("LC6", "not_met")]


def test_parquet_with_real_booleans(tmp_path: Path) -> None:
    path = tmp_path / "answers.parquet"
    duckdb.sql('select \'Birchmont\' as city, true as "DM1", false as "DM2", null::boolean as "LC6"').write_parquet(
        str(path)
    )
    load_into(tmp_path / "c.duckdb", path)
    assert [status for *_, status in answers(tmp_path / "c.duckdb")] == ["met", "not_met", "not_answered"]


def test_a_mark_per_criterion_is_asked_about(tmp_path: Path) -> None:
    rows = [["City", "DM1", "DM2"], ["Birchmont", "x", ""], ["Alder", "", "X"]]
    path = write(tmp_path / "marks.csv", table(rows))
    with pytest.raises(LoadError, match=r"^marks.csv: every answer is 'x' or blank: say in a mapping file whether"):
        load_into(tmp_path / "c.duckdb", path)
    for blank, statuses in (("not_met", ["met", "not_met"]), ("not_answered", ["met", "not_answered"])):
        mapping = write(tmp_path / "mapping.toml", f'blank = "{blank}"')
        load_into(tmp_path / "c.duckdb", path, mapping=mapping)
        found = [status for city, *_, status in answers(tmp_path / "c.duckdb") if city == "birchmont"]
        assert found == statuses


def test_areas_above_the_codes_saved_as_csv(tmp_path: Path) -> None:
    """Merged cells leave blanks: the city's heading stands above, the codes stand below the areas."""
    rows = [
        ["City", "Data Management", "", "Leadership"],
        ["", "DM1", "DM2", "LC6"],
        ["Alder Falls, OH", "Yes", "No", ""],
    ]
    load_into(tmp_path / "c.duckdb", write(tmp_path / "f.csv", table(rows)), cities=CITIES)
    assert answers(tmp_path / "c.duckdb") == ALDER


def test_a_grid_of_google_forms(tmp_path: Path) -> None:
    """Each row of a grid is a column headed "Question [row]"."""
    header = ["Timestamp", "City", *(f"Which do you meet? [{text}]" for text in ("DM1", TEXT["DM2"], "LC 6 (pay)"))]
    path = write(
        tmp_path / "f.csv", table([header, ["2023/05/14 10:33:21 AM GMT-3", "Alder Falls, OH", "Yes", "No", ""]])
    )
    load_into(tmp_path / "c.duckdb", path, cities=CITIES)
    assert answers(tmp_path / "c.duckdb") == ALDER


def test_a_question_that_a_tool_cut_off_is_asked_about(tmp_path: Path) -> None:
    rows = [["City", TEXT["DM1"][:60], "DM2", "LC6"], ["Alder Falls, OH", "Yes", "No", ""]]
    path = write(tmp_path / "f.csv", table(rows))
    with pytest.raises(LoadError, match="names no criterion, but") as refused:
        load_into(tmp_path / "c.duckdb", path, cities=CITIES)
    mapping = write(tmp_path / "mapping.toml", refused.value.proposal)
    load_into(tmp_path / "c.duckdb", path, cities=CITIES, mapping=mapping)
    assert answers(tmp_path / "c.duckdb") == ALDER
