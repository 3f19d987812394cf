"""The pipeline as a child process: its answer, its one sentence, and its limits."""

import time
from pathlib import Path

import pytest

from lib.intake import child
from lib.intake.child import TOO_LONG, UNKNOWN, IntakeRefused, pipeline

TRACES = ("Traceback", "/", "File ")


@pytest.fixture
def playing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder whose module `pipelines` a test writes: what a child does when it goes wrong."""
    (tmp_path / "pipelines").mkdir()
    monkeypatch.setattr(child, "ROOT", tmp_path)
    return tmp_path / "pipelines" / "__main__.py"


def refused(**options: float) -> IntakeRefused:
    with pytest.raises(IntakeRefused) as fault:
        pipeline(**options)  # type: ignore[arg-type]
    return fault.value


def test_the_real_pipeline_answers_and_refuses_in_one_sentence(demo_database: Path, tmp_path: Path) -> None:
    assert pipeline("status", f"--database={demo_database}", "--json")["synthetic"] is True
    with pytest.raises(IntakeRefused, match=r"^There is no such proposal$"):
        pipeline("confirm", "../x", f"--database={tmp_path / 'x.duckdb'}")


def test_a_sentence_and_its_mapping(playing: Path) -> None:
    playing.write_text(
        "import sys\n"
        "print('Error: x.csv: which column?\\n\\nA mapping:\\n\\ncity = \"a\"', file=sys.stderr)\n"
        "sys.exit(1)"
    )
    fault = refused()
    assert (str(fault), fault.mapping.strip()) == ("x.csv: which column?", 'city = "a"')


@pytest.mark.parametrize(
    "code",
    [
        "raise RuntimeError('/secret/place')",
        "import os; os.abort()",
        "print('no json')",
        "import sys; sys.exit(3)",
        "x = bytearray(4 * 2**30)",
        "print('[' * 10_000_000)",
    ],
)
def test_whatever_else_happens_is_one_calm_sentence(playing: Path, code: str) -> None:
    playing.write_text(code)
    assert str(refused()) == UNKNOWN
    assert not any(trace in UNKNOWN for trace in TRACES)


def test_a_child_that_does_not_end_is_ended(playing: Path, tmp_path: Path) -> None:
    playing.write_text(
        "import subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3); open(r\"{tmp_path}/late\", \"w\")'])\n"
        "time.sleep(60)"
    )
    started = time.monotonic()
    assert str(refused(seconds=1.0)) == TOO_LONG
    assert time.monotonic() - started < 20
    time.sleep(3)
    assert not (tmp_path / "late").exists()  # nor does a child of its own live on


def test_a_child_sees_no_settings_of_ours(playing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COHORT_SECRET", "x")
    playing.write_text("import json, os; print(json.dumps({'seen': sorted(os.environ)}))")
    assert "COHORT_SECRET" not in pipeline()["seen"]
