"""The documents tell the truth: their commands run, their links lead somewhere, and every column has its words."""

import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import duckdb
import pytest
from xlsxwriter import Workbook

from lib.standard import load_standards
from pipelines.demo import generate
from tests.conftest import opened

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
GUIDES = [ROOT / "README.md", ROOT / "docs" / "operating.md"]
PIPELINES = ".venv/bin/python -m pipelines"
STARTS_A_SERVER = "COHORT_DATABASE=/srv/cohort/cohort.duckdb .venv/bin/streamlit run dashboard.py"


def commands(document: Path) -> list[str]:
    """Every line of the document's shell blocks, without its remark."""
    blocks = re.findall(r"^```sh\n(.*?)^```", document.read_text(encoding="utf-8"), re.S | re.M)
    return [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def given(words: str) -> list[str]:
    return sorted({command for document in GUIDES for command in commands(document) if command.startswith(words)})


def run(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, timeout=300, check=False)


@cache
def helped(*command: str) -> str:
    done = run(sys.executable, "-m", "pipelines", *command, "--help")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Files under the names that the documents use: exports of a small cohort, long and wide, and its cities."""
    folder = tmp_path_factory.mktemp("exports")
    files = generate(12, 1, 7, load_standards()["wwc-2022"], folder)
    with duckdb.connect() as connection:
        connection.execute("create table long as from read_csv($1)", [str(files.responses[0])])
        wide = connection.execute(
            """pivot (from long where stage = 'self_reported')
            on criterion_id using any_value(response) group by city_id, city"""
        )
        header, rows = [name for name, *_ in wide.description], wide.fetchall()
    with Workbook(folder / "export.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([header, *rows]):
            sheet.write_row(number, 0, row)
    return {"export.csv": files.responses[0], "cities.csv": files.cities, "export.xlsx": folder / "export.xlsx"}


def test_the_readme_starts_with_the_two_commands() -> None:
    assert [command.split()[:2] for command in commands(DOCUMENTS[0])[:2]] == [["make", "run"], ["make", "test"]]


def test_every_command_is_of_a_kind_that_is_tested() -> None:
    known = ("make ", PIPELINES, STARTS_A_SERVER)
    assert [c for document in GUIDES for c in commands(document) if not c.startswith(known)] == []


@pytest.mark.parametrize("command", given("make "))
def test_make_knows_the_target(command: str) -> None:
    done = run("make", "--dry-run", *shlex.split(command)[1:])
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", given(PIPELINES))
def test_the_pipeline_runs_as_told(command: str, exports: dict[str, Path], tmp_path: Path) -> None:
    words = [str(exports.get(word, word)) for word in shlex.split(command.removeprefix(PIPELINES))]
    database = ["--database", str(tmp_path / "cohort.duckdb")]
    if words[0] == "status":
        assert (
            run(sys.executable, "-m", "pipelines", "demo", "--cities", "5", "--cycles", "1", *database).returncode == 0
        )
    done = run(sys.executable, "-m", "pipelines", *words, *database)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "cohort.duckdb").exists()


def test_every_command_of_the_pipeline_is_told() -> None:
    told = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    for command in ("demo", "load", "status", "new-standard"):
        assert command in helped()
        assert f"{PIPELINES} {command}" in told


def test_every_option_that_is_told_exists() -> None:
    for document in GUIDES:
        for command, options in re.findall(rf"{PIPELINES} ([a-z-]+)([^\n|`]*)", document.read_text(encoding="utf-8")):
            assert [name for name in re.findall(r"--[a-z-]+", options) if name not in helped(command)] == [], command


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_map_of_the_house_is_true() -> None:
    text = DOCUMENTS[0].read_text(encoding="utf-8").partition("## The house")[2]
    rooms = re.findall(r"^([a-z.]+[/y]) ", text.partition("```")[2].partition("```")[0], re.M)
    assert len(rooms) > 6
    assert [room for room in rooms if not (ROOT / room).exists()] == []


def test_every_requirement_is_pinned() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt"):
        lines = [line.partition("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
        loose = [line for line in lines if line and not line.startswith("-") and "==" not in line]
        assert loose == [], name


def test_git_keeps_what_is_made_out_of_sight_and_nothing_else() -> None:
    made = [
        ".venv/x",
        "data/cohort.duckdb",
        "data/cohort.20250101T000000.duckdb",
        "data/cohort.sources/x.csv",
        "data/cohort.lock",
    ]
    kept = [
        "lib/standard.py",
        "data/standards/wwc-2022.toml",
        "data/vocabulary.toml",
        "data/cities.csv",
        ".streamlit/config.toml",
    ]
    ignored = run("git", "check-ignore", "--no-index", *made, *kept)
    assert ignored.stdout.split() == made


def test_the_codebook_covers_every_table_and_column(demo_database: Path) -> None:
    with opened(demo_database) as connection:
        silent = connection.execute(
            """
            select table_name || '.' || column_name from duckdb_columns()
            where not internal and coalesce(trim(comment), '') = ''
            union all
            select table_name from duckdb_tables() where not internal and coalesce(trim(comment), '') = ''
            union all
            select view_name from duckdb_views() where not internal and coalesce(trim(comment), '') = ''
            order by all
            """
        ).fetchall()
    assert silent == []
