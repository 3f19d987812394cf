"""Repairs are data: files with a reason per line, applied at every build, counted by source."""

from pathlib import Path

import pytest

from pipelines.load import LoadError
from pipelines.status import read_status
from pipelines.telling import status_lines
from tests.pipelines.exports import answers, city_sheet, load_into, table, workbook, write
from tests.pipelines.loads import ask

WIDE = [["City", "DM1", "DM2", "Data quality"], ["Alder", "Yes", "Ja", "No"], ["Birch", "Nope", "Ja", "Yes"]]
ALIASES = """kind,from,to,reason
answer,ja,met,the form was in German
criterion,Data quality,DM3,worded otherwise in 2019
city,Birch,Birchmont,renamed in 2021
city,Cedar,Cedar Quay,never comes
"""
FIXES = """file,row,column,from,to,reason
wide.csv,3,DM1,Nope,No,told by telephone
wide.csv,2,City,Alder,Alder Falls,
""".replace("Falls,\n", "Falls,the clerk wrote to us\n")
REPAIRS = 'select source_id, kind, "from", "to", fired from repair order by all'


def test_every_kind_of_repair(tmp_path: Path) -> None:
    path = write(tmp_path / "wide.csv", table(WIDE))
    told = {"aliases": write(tmp_path / "aliases.csv", ALIASES), "fixes": write(tmp_path / "fixes.csv", FIXES)}
    load_into(tmp_path / "c.duckdb", path, **told)
    assert answers(tmp_path / "c.duckdb") == [
        ("alder-falls", "2023", "DM1", "met"),
        ("alder-falls", "2023", "DM2", "met"),
        ("alder-falls", "2023", "DM3", "not_met"),
        ("birchmont", "2023", "DM1", "not_met"),
        ("birchmont", "2023", "DM2", "met"),
        ("birchmont", "2023", "DM3", "met"),
    ]
    assert ask(tmp_path / "c.duckdb", REPAIRS) == [
        (1, "answer", "ja", "met", 2),
        (1, "city", "Birch", "Birchmont", 3),
        (1, "criterion", "Data quality", "DM3", 2),
        (1, "fix", "wide.csv row 2 City: Alder", "Alder Falls", 3),
        (1, "fix", "wide.csv row 3 DM1: Nope", "No", 1),
        (None, "city", "Cedar", "Cedar Quay", 0),
    ]
    found = {repair["from"]: repair["fired"] for repair in read_status(tmp_path / "c.duckdb").repairs}
    assert found["ja"] == 2
    assert found["Cedar"] == 0


@pytest.mark.parametrize("column", ["response", "DM1", "dm 1"])
def test_a_fix_of_a_long_file(tmp_path: Path, column: str) -> None:
    path = write(tmp_path / "long.csv", "city,criterion,response\nAlder,DM1,\nAlder,DM2,No\n")
    fixes = write(tmp_path / "fixes.csv", f"file,row,column,from,to,reason\nlong.csv,2,{column},,Yes,forgotten\n")
    load_into(tmp_path / "c.duckdb", path, fixes=fixes)
    assert [status for *_, status in answers(tmp_path / "c.duckdb")] == ["met", "not_met"]


def test_a_fix_of_a_city_workbook(tmp_path: Path) -> None:
    for city in ("Alder", "Birch"):
        workbook(tmp_path / "in" / f"{city}.xlsx", {"F": city_sheet(city, {"DM1": "see below", "DM2": "No"})})
    fixes = write(tmp_path / "fixes.csv", "file,row,column,from,to,reason\nBirch.xlsx,7,Answer,see below,Yes,said so\n")
    load_into(tmp_path / "c.duckdb", tmp_path / "in", fixes=fixes)
    assert ("birch", "2023", "DM1", "met") in answers(tmp_path / "c.duckdb")
    assert ask(tmp_path / "c.duckdb", "select file, value from rejected") == [("Alder.xlsx", "see below")]


def test_a_fix_does_not_fire_where_something_else_stands(tmp_path: Path) -> None:
    path = write(tmp_path / "wide.csv", table(WIDE[:2]))
    fixes = write(tmp_path / "fixes.csv", "file,row,column,from,to,reason\nwide.csv,2,DM1,No,Yes,an old mistake\n")
    load_into(tmp_path / "c.duckdb", path, fixes=fixes)
    assert ask(tmp_path / "c.duckdb", REPAIRS) == [(None, "fix", "wide.csv row 2 DM1: No", "Yes", 0)]


def test_repairs_are_kept_and_a_corrected_file_replaces_them(tmp_path: Path) -> None:
    """The next load of anything applies them again, from the store; the same file with others is a correction."""
    path = write(tmp_path / "wide.csv", table(WIDE))
    aliases = write(tmp_path / "aliases.csv", "kind,from,to,reason\nanswer,ja,not_met,a mistake\n")
    load_into(tmp_path / "c.duckdb", path, aliases=aliases)
    write(aliases, "kind,from,to,reason\nanswer,ja,met,corrected\n")
    load_into(tmp_path / "c.duckdb", path, aliases=aliases)
    aliases.unlink()
    load_into(tmp_path / "c.duckdb", write(tmp_path / "other.csv", "city,DM5\nCedar,Yes\n"))
    assert ("alder", "2023", "DM2", "met") in answers(tmp_path / "c.duckdb")
    assert ask(tmp_path / "c.duckdb", "select source_id, reason, fired from repair") == [(1, "corrected", 2)]


def test_status_says_how_many_answers_each_repair_decided(tmp_path: Path) -> None:
    path = write(tmp_path / "wide.csv", table(WIDE))
    aliases = write(
        tmp_path / "a.csv", "kind,from,to,reason\nanswer,ja,met,German\nanswer,oui oui,met,nobody wrote it\n"
    )
    load_into(tmp_path / "c.duckdb", path, aliases=aliases)
    told = list(status_lines(read_status(tmp_path / "c.duckdb")))
    assert "answer 'ja' read as 'met' (German): decided 2 answers" in told
    assert "answer 'oui oui' read as 'met' (nobody wrote it): never used: check its spelling" in told


@pytest.mark.parametrize(
    ("option", "text", "sentence"),
    [
        ("aliases", "from,to\na,b\n", "aliases.csv: has no column 'reason', expected from, to, reason"),
        ("aliases", "from,to,reason\na,b,\n", "aliases.csv: line 2: reason is blank"),
        (
            "aliases",
            "kind,from,to,reason\ntown,a,b,c\n",
            "aliases.csv: line 2: 'town' is not one of city, criterion, answer",
        ),
        (
            "aliases",
            "kind,from,to,reason\ncriterion,a,DM99,c\n",
            "aliases.csv: criteria: DM99 is not a criterion of wwc-2022",
        ),
        ("fixes", "file,row,column,from,to,reason\nf,x,c,a,b,r\n", "fixes.csv: line 2: 'x' is not a row's number"),
        ("fixes", "", "fixes.csv: has no column 'column', expected file, row, column, from, to, reason"),
    ],
)
def test_a_file_of_repairs_that_cannot_be_used(tmp_path: Path, option: str, text: str, sentence: str) -> None:
    path = write(tmp_path / "wide.csv", table(WIDE))
    with pytest.raises(LoadError) as refused:
        load_into(tmp_path / "c.duckdb", path, **{option: write(tmp_path / f"{option}.csv", text)})
    assert str(refused.value) == sentence
