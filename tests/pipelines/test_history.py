"""Who published what, what it changed, and the way back."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lib.standard import load_standards
from pipelines.cli import app
from pipelines.difference import LevelChange, difference
from pipelines.history import history_path, read_history
from pipelines.load import LoadError
from pipelines.locking import held, login_name
from pipelines.publish import published_version, versions
from pipelines.returning import RollbackError, rollback
from pipelines.settings import SettingsError, load_settings
from pipelines.sources import manifest_path, store_of
from tests.pipelines.loads import ask, load_text, loaded_once

ROOT = Path(__file__).parent.parent.parent
HEADER = "city,cycle,criterion_id,response\n"
CRITERIA = [criterion.id for criterion in load_standards()["wwc-2022"].criteria]
SILVER = "".join(f"Alder Falls,2025,{criterion},yes\n" for criterion in CRITERIA[:22])


def answers(*cities: str, word: str = "yes") -> str:
    return HEADER + "".join(f"{city},2025,DM1,{word}\n" for city in cities)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Two publishes: A; then A and B."""
    return loaded_once(tmp_path / "cohort.duckdb", answers("A"), answers("B"))


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


def cities(database: Path) -> list[str]:
    return [name for (name,) in ask(database, "select name from city order by name")]


def test_every_publish_is_in_the_history(database: Path) -> None:
    load_text(database, answers("B"))  # changes nothing, so it is no publish
    first, second = read_history(database, published_version(database))
    assert (first.previous, second.previous) == (None, first.version)
    assert (first.who, first.files, first.sources, second.sources) == (login_name(), ("answers.csv",), 1, 2)
    assert second.counts == {"city": 2, "assessment": 2, "response": 2, "rejected": 0}
    assert second.changes is not None
    assert (second.changes["cities_added"], second.changes["answers_added"]) == (["B"], 1)
    code, told, _ = run("history", "--database", database)
    assert code == 0
    assert f"load answers.csv, by {login_name()} at " in told
    assert "1 city more, 1 answer more\n    published now\n" in told


def test_a_difference_tells_cities_answers_and_levels(tmp_path: Path) -> None:
    old, new = tmp_path / "old.duckdb", tmp_path / "new.duckdb"
    load_text(old, answers("A", "B") + SILVER.replace("DM2,yes", "DM2,no") + "A,2025,DM2,no\n")
    load_text(new, answers("A", "C") + SILVER + "A,2025,DM2,yes\n")
    found = difference(old, new)
    assert (found.cities_added, found.cities_removed) == (("C",), ("B",))
    assert (found.answers_added, found.answers_changed, found.answers_removed) == (1, 2, 1)
    assert found.levels == (
        LevelChange("wwc-2022", "alder-falls", "Alder Falls", "2025", "self_reported", None, "Silver"),
    )
    assert difference(new, new) == difference(old, old)
    assert difference(None, new).answers_added == len(ask(new, "from response"))


def test_rollback_returns_to_the_version_before_and_a_load_builds_on_it(database: Path) -> None:
    first, second = versions(database)
    before = tuple(ask(database, "from response"))
    assert run("rollback", "--database", database)[0] == 0
    assert (published_version(database), cities(database)) == (first, ["A"])
    told = run("history", "--database", database)[1]
    assert told.count("published now") == 1
    assert told.endswith("1 city less, 1 answer less\n    published now\n")
    assert "    1 source: 1 city, 1 assessment, 1 response, 0 rejected answers\n" in told
    load_text(database, answers("C"))
    assert cities(database) == ["A", "C"]
    rollback(database, second)
    assert tuple(ask(database, "from response")) == before
    actions = [(event.action, event.version) for event in read_history(database, second)]
    assert actions == [
        ("load", first),
        ("load", second),
        ("rollback", first),
        ("load", versions(database)[-1]),
        ("rollback", second),
    ]


@pytest.mark.parametrize(("to", "sentence"), [("1999", "1999: no version"), ("2", "2: more than one version")])
def test_a_version_that_is_not_there_is_refused(database: Path, to: str, sentence: str) -> None:
    load_text(database, answers("C"))
    before = database.readlink()
    code, _, wrong = run("rollback", "--to", to, "--database", database)
    assert (code, database.readlink()) == (1, before)
    assert wrong.startswith(f"Error: {sentence}")


def test_the_first_version_and_a_damaged_one_cannot_be_returned_to(database: Path) -> None:
    first = versions(database)[0]
    manifest_path(store_of(database), first).rename(database.with_name("elsewhere"))
    with pytest.raises(RollbackError, match="is not whole"):
        rollback(database)
    database.with_name("elsewhere").rename(manifest_path(store_of(database), first))
    rollback(database)
    with pytest.raises(RollbackError, match="is the first one"):
        rollback(database)


def test_a_publish_that_was_killed_before_it_noted_itself_is_told_all_the_same(database: Path) -> None:
    lines = history_path(database).read_text(encoding="utf-8").splitlines(keepends=True)
    history_path(database).write_text(lines[0] + lines[1][:40], encoding="utf-8")
    told = read_history(database, published_version(database))
    assert [event.version for event in told] == versions(database)
    load_text(database, answers("C"))
    assert [event.version for event in read_history(database, None)] == versions(database)


def test_how_many_versions_are_kept_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines import building

    path = tmp_path / "settings.toml"
    path.write_text("[publishing]\nversions_kept = 2\n[upload]\nopen = true\n", encoding="utf-8")
    monkeypatch.setattr(building, "load_settings", lambda: load_settings(path))
    database = tmp_path / "cohort.duckdb"
    for name in ("A", "B", "C"):
        load_text(database, answers(name))
    assert len(versions(database)) == 2
    rollback(database)
    with pytest.raises(RollbackError, match="no longer kept"):
        rollback(database)


@pytest.mark.parametrize(
    "text", ["", "[publishing]\nversions_kept = 0", "[publishing]\nversions_kept = 3\nkeep = 4", "["]
)
def test_settings_that_cannot_be_used_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"settings\.toml: "):
        load_settings(tmp_path / "settings.toml")


def test_the_second_load_says_who_holds_the_lock(database: Path) -> None:
    code = """import sys, time; from pathlib import Path; from pipelines.locking import held
with held(Path(sys.argv[1])): print("held", flush=True); time.sleep(60)"""
    with subprocess.Popen(
        [sys.executable, "-c", code, database], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(
            LoadError, match=rf"another load is running, by {login_name()} \(process {holder.pid}\) since 2"
        ):
            load_text(database, answers("C"))
        assert cities(database) == ["A", "B"]  # readers do not wait
        holder.kill()
    load_text(database, answers("C"))
    assert cities(database) == ["A", "B", "C"]


def test_who_waits_comes_next(database: Path) -> None:
    with held(database):
        path = database.with_name("answers.csv")
        path.write_text(answers("C"), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pipelines",
            "load",
            path,
            "--standard",
            "wwc-2022",
            "--wait",
            "60",
            "--database",
            database,
        ]
        waiting = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        time.sleep(1)
        assert waiting.poll() is None
    assert waiting.wait(60) == 0
    assert cities(database) == ["A", "B", "C"]
