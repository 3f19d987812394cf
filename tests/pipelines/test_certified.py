"""Published certifications: given as lists, matched as answers are, kept whatever is loaded."""

import json
from pathlib import Path

import duckdb
import pytest

from lib.standard import load_standards
from lib.warehouse import Warehouse
from pipelines import adding
from pipelines.certified import certify_published
from pipelines.history import read_history
from pipelines.load import LoadError
from pipelines.publish import published_version
from pipelines.returning import rollback
from pipelines.status import read_status
from tests.kept import built_once
from tests.pipelines.loads import ask, load_text, loaded_once
from tests.pipelines.test_history import run
from tests.pipelines.test_scores import write_standard
from tests.pipelines.whole import built_at_once, content

CITIES = (
    "city_id,city,State,Country\n"
    "oh-1,Alder Falls,OH,US\nor-1,Alder Falls,OR,US\nb,Birchmoor,TX,US\nc,Cedar Bay,,Chile\n"
)
ANSWERS = "city_id,cycle,criterion_id,response\n" + "".join(
    f"{city},{cycle},DM1,yes\n" for city in ("oh-1", "or-1", "b", "c") for cycle in (2024, 2025)
)
LIST = "city,cycle,level,announced_on\nBirchmoor,2024,Silver,2024-12-01\nb,2025,gold,\n"
TOLD = "select city_id::text, cycle::text, level, announced_on::text from certification order by all"
BIRCHMOOR = [("b", "2024", "Silver", "2024-12-01"), ("b", "2025", "Gold", None)]


@pytest.fixture(autouse=True)
def no_file_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "WORTH", 0)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return loaded_once(tmp_path / "cohort.duckdb", ANSWERS, cities=CITIES)


def give(database: Path, text: str, name: str = "certified.csv") -> None:
    (database.parent / name).write_text(text, encoding="utf-8")
    certify_published(database.parent / name, database)


def test_a_city_is_named_as_in_files_of_answers(database: Path) -> None:
    meant = {
        ("or-1", 2024): "or-1",
        ("Alder Falls (Oregon)", 2025): "or-1",
        ("birchmoor", 2024): "b",
        ("City of Birchmoor", 2025): "b",
        ('"Alder Falls, OH"', 2025): "oh-1",
        ("Cedar Bay Chile", 2025): "c",
    }
    give(database, "city,cycle,level\n" + "".join(f"{written},{cycle}, SILVER \n" for written, cycle in meant))
    expected = sorted((city, str(cycle), "Silver", None) for (_, cycle), city in meant.items())
    assert ask(database, TOLD) == expected


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A database with `LIST`."""

    def build() -> None:
        load_text(database, ANSWERS, cities=CITIES)
        give(database, LIST)

    database = tmp_path / "cohort.duckdb"
    return built_once(database, ("listed", ANSWERS, CITIES, LIST), build)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "Birchmor,2025,Gold,",
            "row 3: 'Birchmor' is not exactly one city of the database; it may be Birchmoor: if it",
        ),
        ("Alder Falls,2025,Gold,", "row 3: 'Alder Falls' is not exactly one city of the database"),
        (",2025,Gold,", "row 3: '' is not exactly one city of the database"),
        ("Zwolle,2025,Gold,", "row 3: 'Zwolle' is not exactly one city of the database$"),
        ("b,2019,Gold,", "row 3: '2019' is no cycle of the database, expected one of 2024, 2025"),
        ("b,2025,Bronze,", "row 3: 'Bronze' is no level of the standard, expected one of Silver, Gold, Platinum"),
        ("b,2025,,", "row 3: '' is no level"),
        ("b,2025,Gold,03/04/2025", "row 3: '03/04/2025' is not a date"),
        ("Birchmoor,2024,Gold,", "row 2: 'Birchmoor' has two levels in 2024"),
    ],
)
def test_a_line_that_does_not_fit_refuses_the_list(listed: Path, line: str, sentence: str) -> None:
    before = (listed.readlink(), ask(listed, TOLD))
    with pytest.raises(LoadError, match=f"^new.csv: {sentence}"):
        give(listed, "city,cycle,level,announced_on\nBirchmoor,2024,Silver,2024-12-01\n" + line, "new.csv")
    assert (listed.readlink(), ask(listed, TOLD)) == before


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("place,cycle,level\nb,2025,Gold\n", "no column is the city's name or id"),
        ("city,level\nb,Gold\n", "no column says the cycle"),
        ("city,year\nb,2025\n", "no column says the level"),
        ("", "certified.csv"),
    ],
)
def test_a_file_that_is_no_list_is_refused(database: Path, text: str, sentence: str) -> None:
    with pytest.raises(LoadError, match=sentence):
        give(database, text)


def test_certifications_stay_whatever_is_loaded(database: Path) -> None:
    give(database, LIST)
    load_text(database, "city_id,cycle,criterion_id,response\nb,2025,DM1,no\nb,2026,DM2,yes\n", cities=CITIES)
    assert ask(database, TOLD) == BIRCHMOOR
    assert read_history(database, None)[-1].rebuilt == ""
    load_text(database, "city_id,cycle,criterion_id,response\nd,2025,DM1,yes\n", cities=f"{CITIES}d,Dale,,\n")
    assert read_history(database, None)[-1].rebuilt == "cities"
    assert ask(database, TOLD) == BIRCHMOOR
    assert content(database.resolve()) == built_at_once(database, load_standards())


def test_a_list_is_given_without_building_anything_again(database: Path) -> None:
    give(database, LIST)
    event = read_history(database, published_version(database))[-1]
    assert (event.action, event.files, event.rebuilt, event.sources) == ("certified", ("certified.csv",), "", 1)
    assert event.counts["certification"] == 2
    assert event.changes is not None
    assert event.changes["certified_added"] == 2
    assert read_status(database).version == published_version(database)
    assert content(database.resolve()) == built_at_once(database, load_standards())


def test_a_later_list_has_the_last_word(database: Path) -> None:
    give(database, LIST)
    give(database, "city,year,certification,date\nb,2024,Platinum,2025-01-02\nb,2025,withdrawn,\n", "second.csv")
    assert ask(database, TOLD) == [("b", "2024", "Platinum", "2025-01-02")]
    told = run("history", "--database", database)[1]
    assert "certified second.csv, by " in told
    assert "    1 certification changed, 1 certification less\n    published now" in told
    give(database, LIST)
    assert ask(database, TOLD) == BIRCHMOOR
    rollback(database)
    assert ask(database, TOLD) == [("b", "2024", "Platinum", "2025-01-02")]
    load_text(database, "city_id,cycle,criterion_id,response\nb,2024,DM2,no\n", cities=CITIES)
    assert ask(database, TOLD) == [("b", "2024", "Platinum", "2025-01-02")]


def test_the_command_tells_what_it_did(database: Path) -> None:
    (database.parent / "certified.csv").write_text(LIST, encoding="utf-8")
    code, told, _ = run("certified", database.parent / "certified.csv", "--database", database)
    assert code == 0
    assert told.startswith("2 certifications more\n")
    assert ", 2 certifications; wwc-2022; built " in told
    assert "Nothing has changed" in run("certified", database.parent / "certified.csv", "--database", database)[1]
    assert json.loads(run("status", "--json", "--database", database)[1])["counts"]["certification"] == 2
    code, _, wrong = run("certified", database.parent / "gone.csv", "--database", database)
    assert (code, wrong) == (1, "Error: gone.csv: No such file or directory\n")


def test_what_fits_no_longer_is_told_and_comes_back(tmp_path: Path) -> None:
    database, row = tmp_path / "cohort.duckdb", "city,cycle,criterion_id,response\n"
    load_text(database, f"{row}Ash,2025,DM1,yes\n")
    load_text(database, f"{row}Birch,2025,DM1,yes\n")
    give(database, "city,cycle,level\nBirch,2025,Gold\n")
    load_text(database, f"{row}Birch,2025,DM1,\n")  # a blank takes the assessment away, and its cycle stays
    assert ask(database, "select level from certification") == [("Gold",)]
    load_text(database, f"{row}Ash,2025,DM1,\n")
    assert ask(database, "from certification") == []
    told = run("status", "--database", database)[1]
    assert "certified.csv row 2: '2025' is not certified here: unknown cycle\n" in told
    load_text(database, f"{row}Ash,2025,DM2,no\n")
    assert ask(database, "select level from certification") == [("Gold",)]
    assert content(database.resolve()) == built_at_once(database, load_standards())


def test_several_standards_need_one_named(tmp_path: Path) -> None:
    database = tmp_path / "cohort.duckdb"
    standards = tmp_path / "standards"
    standards.mkdir()
    for name in ("count", "mean_of_areas"):
        write_standard(standards, name)
        load_text(database, "city,cycle,criterion_id,response\nAsh,2025,A1,yes\n", standard=name, standards=standards)
    listed = tmp_path / "certified.csv"
    listed.write_text("city,cycle,level\nAsh,2025,bronze\n", encoding="utf-8")
    with pytest.raises(LoadError, match="say --standard count or mean_of_areas"):
        certify_published(listed, database, standards=standards)
    with pytest.raises(LoadError, match="other: no answers of this standard"):
        certify_published(listed, database, "other", standards=standards)
    certify_published(listed, database, "count", standards=standards)
    assert ask(database, "select standard_id::text, level from certification") == [("count", "Bronze")]


def test_a_list_needs_a_database(tmp_path: Path) -> None:
    (tmp_path / "certified.csv").write_text(LIST, encoding="utf-8")
    with pytest.raises(LoadError, match="nothing is published yet"):
        certify_published(tmp_path / "certified.csv", tmp_path / "cohort.duckdb")


def test_an_older_database_has_no_certifications_and_opens(database: Path) -> None:
    with duckdb.connect(database.resolve()) as connection:
        connection.execute("drop table certification")
        connection.execute("drop table workings.certification_unused")
    status = read_status(database)
    assert (status.counts["city"], status.uncertified) == (4, [])
    assert Warehouse(database.resolve()).version == status.version


def test_real_data_take_the_place_of_invented_certifications(tmp_path: Path) -> None:
    database = tmp_path / "cohort.duckdb"
    assert run("demo", "--cities", "30", "--cycles", "2", "--database", database)[0] == 0
    certified = ask(
        database,
        "select count(*) from certification join city_score using (standard_id, city_id, cycle)"
        " where stage = 'validated' and city_score.level = certification.level",
    )
    assert certified == ask(database, "select count(*) from certification") != [(0,)]
    assert read_history(database, None)[-1].action == "demo"
    load_text(database, ANSWERS, cities=CITIES)
    assert ask(database, "from certification") == []
