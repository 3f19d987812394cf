"""The command line as people and programs use it."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from tests.pipelines.loads import ask

ROOT = Path(__file__).parent.parent.parent
TEXT = "city,cycle,criterion_id,response\nAlder Falls,2025,DM1,yes\nAlder Falls,2025,DM2,perhaps\n"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    (tmp_path / "answers.csv").write_text(TEXT, encoding="utf-8")
    return tmp_path / "cohort.duckdb"


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


def load(database: Path, *options: str | Path) -> tuple[int, str, str]:
    answers = database.with_name("answers.csv")
    return run("load", answers, "--standard", "wwc-2022", "--database", database, *options)


def test_load_tells_what_became_of_the_answers(database: Path) -> None:
    code, told, wrong = load(database)
    assert (code, wrong) == (0, "")
    assert "answers.csv (long" in told
    assert "2 answers: 1 accepted, 0 superseded, 1 rejected (1 unknown response)" in told
    assert "1 city, 1 assessment, 1 response, 1 rejected answer; wwc-2022" in told


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--cities", "nowhere.csv"], "Error: nowhere.csv: No such file or directory\n"),
        (["--mapping", "nowhere.toml"], "Error: nowhere.toml: No such file or directory\n"),
        (["--standards", "/nowhere"], "Error: wwc-2022: no such standard, and there is none in that folder\n"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_exit_code_1(database: Path, options: list[str], sentence: str) -> None:
    assert load(database, *options) == (1, "", sentence)
    assert not database.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.pdf", b"%PDF-1.7 \x00\xff\xfe"),
        ("broken.xlsx", b"PK\x03\x04 no workbook"),
        ("broken.parquet", b"PAR1 nothing"),
        ("empty.csv", b""),
    ],
)
def test_a_file_that_is_none_names_itself_in_one_sentence(database: Path, name: str, content: bytes) -> None:
    path = database.with_name(name)
    path.write_bytes(content)
    code, told, wrong = run("load", path, "--standard", "wwc-2022", "--cycle", "2025", "--database", database)
    assert (code, told) == (1, "")
    assert wrong.startswith(f"Error: {name}: ")
    assert wrong.count("\n") == 1
    assert not database.exists()


def test_damage_beyond_the_first_rows_is_one_sentence_too(database: Path) -> None:
    path = database.with_name("damaged.parquet")
    rows = "select 'City ' || i as city, '2025' as cycle, md5(i::text) as evidence, 'DM1' as criterion, 'yes' as answer"
    duckdb.sql(f"{rows} from range(50000) as t(i)").write_parquet(str(path), row_group_size=10_000)
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4000] = b"!" * 4000
    path.write_bytes(bytes(content))
    code, told, wrong = run("load", path, "--standard", "wwc-2022", "--database", database)
    assert (code, told) == (1, "")
    assert wrong.startswith("Error: damaged.parquet: cannot be read: ")
    assert wrong.count("\n") == 1


def test_status_for_people_and_for_programs(database: Path) -> None:
    assert run("status", "--database", database)[0] == 1
    load(database)
    assert "answers.csv" in run("status", "--database", database)[1]
    code, told, _ = run("status", "--json", "--database", database)
    status = json.loads(told)
    assert code == 0
    assert status["counts"] == {"city": 1, "assessment": 1, "response": 1, "rejected": 1}
    assert status["standards"] == ["wwc-2022"]
    assert status["synthetic"] is False
    (source,) = status["sources"]
    assert (source["file"], source["rows"], source["reasons"]) == ("answers.csv", 2, {"unknown response": 1})
    assert len(source["sha256"]) == 64


def test_demo_publishes_a_synthetic_cohort_of_the_size_asked_for(database: Path) -> None:
    code, told, _ = run("demo", "--cities", "12", "--cycles", "2", "--database", database)
    assert code == 0
    assert "synthetic, 12 cities" in told
    assert ask(database, "select synthetic from publication") == [(True,)]
    assert "The synthetic cohort that was here is gone" in load(database)[1]
    assert run("demo", "--database", database)[0] == 1


def test_new_standard_prints_a_draft(database: Path) -> None:
    database.with_name("wide.csv").write_text("city,DM1 Inventory?,DM2 Privacy?\nA,yes,no\n", encoding="utf-8")
    code, told, _ = run("new-standard", database.with_name("wide.csv"))
    assert code == 0
    assert 'id = "DM1"' in told


def test_the_module_is_the_command_and_a_load_imports_nothing_heavy(database: Path) -> None:
    """At the programme's real size start-up is the cost: pandas alone takes longer than the load."""
    answers = str(database.with_name("answers.csv"))
    options = ["load", answers, "--standard", "wwc-2022", "--database", str(database)]
    seen = "print(sorted({'pandas', 'pyarrow', 'numpy'} & set(sys.modules)))"
    start = f"sys.argv[1:] = {options!r}; runpy.run_module('pipelines', run_name='__main__')"
    code = f"import atexit, runpy, sys; atexit.register(lambda: {seen}); {start}"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "[]"
    assert database.exists()


def test_a_mapping_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text("city,DM1\nA,yes\n", encoding="utf-8")
    (tmp_path / "broken.toml").write_text("city = [\n", encoding="utf-8")
    code, told, wrong = run("inspect", tmp_path / "answers.csv", "--mapping", tmp_path / "broken.toml")
    assert (code, told) == (1, "")
    assert wrong == "Error: broken.toml: cannot be read: Invalid value (at end of document)\n"
