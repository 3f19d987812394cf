"""What is told of others follows what is published by whole groups, and survives whatever happens to a load."""

from pathlib import Path

import duckdb
import pytest

from lib.release import release_of
from pipelines import publish
from pipelines.load import LoadError
from pipelines.returning import rollback
from tests.pipelines.loads import ask, load_text

HEADER = "city,cycle,criterion_id,response\n"
ANSWERS = "select city_id, criterion_id, status, credit from assessment join response using (number) order by all"
OLDER = """
create table worded as from response;
drop view response; drop table answer; drop table saying;
alter table worded rename to response
"""
TOLD = "select count(*), (select number from publication) from assessment"


def answers(first: int, last: int) -> str:
    return HEADER + "".join(f"City {n},2025,DM1,yes\n" for n in range(first, last))


def told(database: Path) -> tuple[int, int]:
    """Of how many assessments, and of the release of which number."""
    return ask(release_of(database), TOLD)[0]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A published database of twelve cities."""
    path = tmp_path / "cohort.duckdb"
    load_text(path, answers(0, 12))
    return path


def test_newcomers_are_told_when_enough_wait(database: Path) -> None:
    assert told(database) == (12, 1)
    before = release_of(database).stat().st_ino
    load_text(database, answers(12, 21))
    assert told(database) == (12, 1)
    assert release_of(database).stat().st_ino == before
    load_text(database, answers(21, 22))
    assert told(database) == (22, 2)


def test_going_back_takes_back_whole_groups_only(database: Path) -> None:
    load_text(database, answers(12, 13))
    rollback(database)
    assert told(database) == (12, 1)
    load_text(database, answers(12, 24))
    assert told(database) == (24, 2)
    blocks = ask(release_of(database), "select city_id, block_id from member order by all")
    rollback(database)
    assert told(database) == (12, 3)
    load_text(database, answers(11, 25))
    assert told(database) == (24, 4)
    assert ask(release_of(database), "select city_id, block_id from member order by all") == blocks


def test_a_load_that_is_killed_before_it_tells_is_caught_up_with(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(publish, "switch_release", killed)
    with pytest.raises(KeyboardInterrupt):
        load_text(database, answers(12, 24))
    monkeypatch.undo()
    assert told(database) == (12, 1)
    load_text(database, answers(24, 25))
    assert told(database) == (25, 2)
    assert list(database.parent.glob(".building-*")) == []


def test_a_release_that_is_missing_is_made_and_a_broken_one_stops_the_load(database: Path) -> None:
    release_of(database).unlink()
    load_text(database, answers(0, 12))  # the same file again, which publishes nothing
    assert told(database) == (12, 1)
    release_of(database).write_bytes(b"broken")
    before = database.readlink()
    with pytest.raises(LoadError, match=r"cohort.release.duckdb: what was told of others so far cannot be read"):
        load_text(database, answers(12, 13))
    assert database.readlink() == before


def test_a_release_of_an_older_program_tells_the_same_and_goes_on(database: Path) -> None:
    before = released(database)
    released(database, OLDER)
    assert released(database) == before
    load_text(database, answers(12, 13))
    assert released(database) == before
    assert told(database) == (12, 2)
    load_text(database, answers(13, 24))
    assert told(database) == (24, 3)
    assert len(released(database)) == 2 * len(before)


def released(database: Path, before: str = "") -> list[tuple[object, ...]]:
    """Every answer told, after this is done to the release."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{release_of(database)}' as released; use released; {before}")
        return connection.execute(ANSWERS).fetchall()
