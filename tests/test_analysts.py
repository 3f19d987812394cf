"""The examples for analysts run as they are printed, one after the other, and the data dictionary is the database's."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lib.exports.dictionary import dictionary
from lib.warehouse import open_current
from pipelines.cli import app

DOCS = Path(__file__).parent.parent / "docs"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", (DOCS / "analysts.md").read_text(encoding="utf-8"), re.S | re.M)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_examples_run(demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for line in "".join(blocks("sh")).splitlines():
        words = shlex.split(line.removeprefix(".venv/bin/python -m pipelines "))
        done = CliRunner().invoke(app, [*words, "--database", str(demo_database)])
        assert done.exit_code == 0, done.output
    code = compile("\n".join(blocks("python")), "analysts.md", "exec")
    exec(code, {})  # noqa: S102 - our own document


def test_the_data_dictionary_is_current(demo_database: Path) -> None:
    assert (DOCS / "data_dictionary.md").read_text(encoding="utf-8") == dictionary(open_current(demo_database)), (
        "run: .venv/bin/python -m pipelines dictionary > docs/data_dictionary.md"
    )
