"""A load in two steps: what is proposed is exactly what is published, or nothing is."""

from pathlib import Path

import pytest

from pipelines.demo import build
from pipelines.load import LoadError, Options
from pipelines.proposing import Proposal, confirm, discard, propose
from pipelines.publish import published_version
from tests.pipelines.loads import ask, load_text, loaded_once

OLD = "city,cycle,stage,criterion_id,response\nLima,2024,validated,DM1,Yes\nCusco,2024,validated,DM1,No\n"
NEW = "city,cycle,stage,criterion_id,response\nCusco,2024,validated,DM1,Yes\nPuno,2024,validated,DM2,Perhaps\n"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return loaded_once(tmp_path / "cohort.duckdb", OLD)


def proposed(database: Path, text: str = NEW, name: str = "Clerk’s file, 2024.csv") -> Proposal:
    path = database.parent / "upload-1.csv"
    path.write_text(text, encoding="utf-8")
    return propose([path], Options("wwc-2022"), database, names=[name])


def left(database: Path) -> list[Path]:
    return sorted(database.parent.glob(".*"))


def test_a_proposal_tells_what_would_change_and_changes_nothing(database: Path) -> None:
    before = published_version(database)
    told = proposed(database).as_json()
    assert told["files"] == (
        {"file": "Clerk’s file, 2024.csv", "answers": 2, "accepted": 1, "superseded": 0, "rejected": 1},
    )
    assert [row["value"] for row in told["rejected"]] == ["Perhaps"]
    assert (told["difference"]["answers_changed"], told["difference"]["answers_added"]) == (1, 0)
    assert not told["starts_afresh"]
    assert published_version(database) == before
    assert ask(database, "select count(*) from source") == [(1,)]


def test_confirming_publishes_it_under_the_name_it_came_with(database: Path) -> None:
    proposal = proposed(database)
    assert confirm(proposal.id, database).version == proposal.id == published_version(database)
    assert ask(database, "select file from source order by source_id") == [
        ("answers.csv",),
        ("Clerk’s file, 2024.csv",),
    ]
    assert ask(database, "select status from response where city_id = 'cusco'") == [("met",)]
    assert left(database) == []
    load_text(database, OLD.replace("Lima", "Tacna"))  # and the next load builds on it
    assert ask(database, "select count(*) from source") == [(3,)]


def test_discarding_leaves_no_trace(database: Path) -> None:
    before = published_version(database)
    proposal = proposed(database)
    discard(proposal.id, database)
    assert left(database) == []
    assert published_version(database) == before
    with pytest.raises(LoadError, match="This proposal is gone"):
        confirm(proposal.id, database)


def test_what_was_published_in_the_meantime_is_never_lost(database: Path) -> None:
    proposal = proposed(database)
    load_text(database, OLD.replace("Lima", "Tacna"))
    between = published_version(database)
    with pytest.raises(LoadError, match="Something else was published in the meantime"):
        confirm(proposal.id, database)
    assert published_version(database) == between


def test_the_latest_proposal_is_the_only_one(database: Path) -> None:
    first, second = proposed(database), proposed(database, NEW.replace("Puno", "Tacna"))
    assert [path.name for path in left(database)] == [f".proposed-cohort.{second.id}"]
    with pytest.raises(LoadError, match="gone"):
        confirm(first.id, database)


def test_the_same_files_again_are_no_proposal(database: Path) -> None:
    confirm(proposed(database).id, database)
    again = proposed(database)
    assert (again.id, again.changed) == ("", False)
    assert left(database) == []


@pytest.mark.parametrize(
    "id_", ["", "..", "../cohort", "20250101T000000000000/..", "x" * 300, "20250101T000000000000\n"]
)
def test_an_id_from_outside_is_no_path(database: Path, id_: str) -> None:
    for act in (confirm, discard):
        with pytest.raises(LoadError, match="There is no such proposal"):
            act(id_, database)


@pytest.mark.parametrize("name", ["../x.csv", "/etc/x.csv", "x.xlsx", "x", ".csv", ""])
def test_a_name_is_a_name_with_the_same_ending(database: Path, name: str) -> None:
    with pytest.raises(LoadError, match="cannot be called"):
        proposed(database, name=name)


def test_over_a_demonstration_it_says_that_it_starts_afresh(tmp_path: Path) -> None:
    database = tmp_path / "cohort.duckdb"
    build(database, cities=5, cycles=1, seed=1)
    proposal = proposed(database)
    assert proposal.starts_afresh
    assert ask(database, "select synthetic from publication") == [(True,)]
    confirm(proposal.id, database)
    assert ask(database, "select synthetic from publication") == [(False,)]
    assert ask(database, "select city_id from city") == [("cusco",)]


def test_a_file_that_cannot_be_read_leaves_everything_as_it_was(database: Path) -> None:
    before = published_version(database)
    with pytest.raises(LoadError):
        proposed(database, "\0\1\2 not a survey")
    assert left(database) == []
    assert published_version(database) == before
