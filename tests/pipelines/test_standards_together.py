"""Several standards in one database: each answer is judged by its own, whatever the ids have in common."""

from pathlib import Path

import pytest

from pipelines.load import LoadError
from tests.pipelines.loads import ask, load_text

OLD = """
id = "old"
name = "The older standard"
version = "2018"
source = "the tests"
aggregation = "mean_of_areas"
level = [{ name = "Certified", minimum = 50 }]

[[area]]
id = "OD"
name = "Open data"
criterion = [{ id = "OD1", short_name = "Portal", text = "Is there a portal?" }]

[[area]]
id = "DM"
name = "Data"
criterion = [
    { id = "DM2", short_name = "Two", text = "Second?" },
    { id = "DM1", short_name = "One", text = "First?" },
]
"""
NEW = """
id = "new"
name = "The newer standard"
version = "2022"
source = "the tests"
level = [{ name = "Silver", minimum = 1 }, { name = "Gold", minimum = 2 }]

[[area]]
id = "DM"
name = "Data"
criterion = [
    { id = "DM1", short_name = "One", text = "Now first?" },
    { id = "DM3", short_name = "Three", text = "Third?" },
]
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    standards = tmp_path / "standards"
    standards.mkdir()
    (standards / "old.toml").write_text(OLD, encoding="utf-8")
    (standards / "new.toml").write_text(NEW, encoding="utf-8")
    path = tmp_path / "cohort.duckdb"
    header = "city,cycle,criterion_id,response\n"
    load_text(path, f"{header}A,2018,DM1,yes\nA,2018,DM2,no\nA,2018,OD1,yes\n", standard="old", standards=standards)
    load_text(path, f"{header}A,2022,DM1,no\nA,2022,DM3,yes\nA,2022,OD1,yes\n", standard="new", standards=standards)
    return path


def test_each_has_its_own_scores_and_levels(database: Path) -> None:
    assert ask(database, "select standard_id::text, score, level, next_level, to_next from city_score order by 1") == [
        ("new", 1.0, "Silver", "Gold", 1.0),
        ("old", 75.0, "Certified", None, None),
    ]
    assert ask(database, "select file, reason::text, value from rejected") == [
        ("answers.csv", "unknown criterion", "OD1")
    ]


def test_ids_sort_in_the_order_of_the_first_standard_that_has_them(database: Path) -> None:
    assert ask(database, "select standard_id::text, position from standard order by position") == [
        ("old", 1),
        ("new", 2),
    ]
    assert ask(database, "select distinct criterion_id from criterion order by criterion_id") == [
        ("OD1",),
        ("DM2",),
        ("DM1",),
        ("DM3",),
    ]
    assert ask(database, "select criterion_id::text from criterion where standard_id = 'old' order by position") == [
        ("OD1",),
        ("DM2",),
        ("DM1",),
    ]


def test_cycles_rates_and_returning_cities_are_counted_within_a_standard(database: Path) -> None:
    assert ask(database, "select standard_id::text, cycle::text, position from cycle order by all") == [
        ("new", "2022", 1),
        ("old", "2018", 1),
    ]
    assert ask(database, "select distinct participation from assessment") == [("first_time",)]
    rates = "select standard_id::text, met, answered, asked from criterion_rate where criterion_id = 'DM1' order by 1"
    assert ask(database, rates) == [("new", 0, 1, 1), ("old", 1, 1, 1)]


def test_the_level_is_computed_in_one_place_that_any_client_can_ask(database: Path) -> None:
    levels = "select level_position('new', 0.9), level_position('new', 1), level_position('new', 7)"
    assert ask(database, levels) == [(0, 1, 2)]
    assert ask(database, "select level_position('new', null), wilson_low(0, 0)") == [(None, None)]


def test_a_standard_that_is_gone_is_told(database: Path) -> None:
    (database.parent / "standards" / "old.toml").unlink()
    with pytest.raises(LoadError, match="old: files of this standard were loaded before"):
        load_text(database, "city,cycle,DM1\nB,2022,yes\n", standard="new", standards=database.parent / "standards")
