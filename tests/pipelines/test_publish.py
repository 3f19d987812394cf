"""The published database is switched to in one step or stays as it was, byte for byte, whatever happens to a load."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines import building, workshop
from pipelines.load import LoadError
from pipelines.publish import locked
from pipelines.settings import Settings
from tests.pipelines.loads import ask, load_text, loaded_once

ROOT = Path(__file__).parent.parent.parent
KEPT = 3
HEADER = "city,cycle,criterion_id,response\n"


def answers(*cities: str) -> str:
    return HEADER + "".join(f"{city},2025,DM1,yes\n" for city in cities)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A published database with one city."""
    return loaded_once(tmp_path / "cohort.duckdb", answers("Alder Falls"))


def cities(database: Path) -> list[str]:
    return [name for (name,) in ask(database, "select name from city order by name")]


def state(database: Path) -> tuple[Path, bytes]:
    return database.readlink(), database.read_bytes()


def unfinished(database: Path) -> list[Path]:
    return list(database.parent.glob(".building-*"))


def test_the_public_name_is_a_link_beside_the_file_it_points_to(database: Path) -> None:
    assert database.is_symlink()
    assert database.readlink() == Path(database.resolve().name)
    assert ask(database, "select 'cohort.' || version || '.duckdb' from publication") == [(database.resolve().name,)]


@pytest.mark.parametrize("text", ["city,DM1\n", "nothing,to,see\n1,2,3\n", HEADER, answers("").replace("DM1", "XX9")])
def test_a_failed_load_leaves_everything_as_it_was(database: Path, text: str) -> None:
    before = state(database)
    with pytest.raises(LoadError):
        load_text(database, text)
    assert state(database) == before
    assert unfinished(database) == []


def test_a_check_that_finds_something_stops_the_publishing(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(database)
    question = "select city_id, status from response where city_id = 'b'"
    monkeypatch.setattr(workshop, "statements", lambda _: [("no_b", question)])
    with pytest.raises(LoadError, match="check no_b found 1 rows, the first: b, met"):
        load_text(database, answers("B"))
    assert state(database) == before
    assert unfinished(database) == []
    monkeypatch.undo()
    load_text(database, answers("C"))
    assert cities(database) == ["Alder Falls", "C"]  # the failed load is not remembered


def test_a_reader_keeps_the_old_one_while_a_new_one_is_published(database: Path) -> None:
    with duckdb.connect(database, read_only=True) as reader:
        load_text(database, answers("Birchmont"))
        assert reader.execute("select name from city").fetchall() == [("Alder Falls",)]
        # Another process, as the same one would be handed the file that it has open under this name.
        command = (
            "import duckdb, sys; print(duckdb.connect(sys.argv[1], read_only=True).table('city').count('*').fetchone())"
        )
        found = subprocess.run([sys.executable, "-c", command, database], capture_output=True, text=True, check=True)
        assert found.stdout.strip() == "(2,)"


def test_the_last_versions_are_kept_and_a_copy_of_ones_own_too(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "load_settings", lambda: Settings(KEPT))
    own = database.with_name("cohort.before-the-meeting.duckdb")
    own.write_bytes(database.read_bytes())
    for name in ("B", "C", "D", "E"):
        load_text(database, answers(name))
    versions = sorted(database.parent.glob("cohort.2*.duckdb"))
    assert len(versions) == KEPT
    assert database.resolve() == versions[-1]
    assert own.exists()
    store = database.with_suffix(".sources")
    assert len(list(store.glob("*.json"))) == KEPT
    assert len(list(store.glob("*.csv"))) == 5  # every source is still one that the database is built from


def test_sources_are_kept_byte_for_byte_under_their_hash(database: Path) -> None:
    ((sha256,),) = ask(database, "select sha256 from source")
    assert (database.with_suffix(".sources") / f"{sha256}.csv").read_bytes() == answers("Alder Falls").encode()


def test_files_of_failed_loads_are_swept_with_the_next_one(database: Path) -> None:
    with pytest.raises(LoadError):
        load_text(database, "city,DM1\n")
    store = database.with_suffix(".sources")
    (store / "20250101T000000000000.json").write_text("{}")  # of a load that was killed just before it published
    load_text(database, answers("B"))
    assert len(list(store.glob("*.csv"))) == len(list(store.glob("*.json"))) == 2


def test_one_writer_at_a_time(database: Path) -> None:
    with locked(database), pytest.raises(LoadError, match="another load is running"):
        load_text(database, answers("B"))
    load_text(database, answers("B"))
    assert cities(database) == ["Alder Falls", "B"]


def test_a_file_of_somebody_else_is_never_replaced(tmp_path: Path) -> None:
    database = tmp_path / "mine.duckdb"
    database.write_bytes(b"precious")
    with pytest.raises(LoadError, match="is a file that this program did not publish"):
        load_text(database, answers("B"))
    assert database.read_bytes() == b"precious"
