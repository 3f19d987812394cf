"""`export` writes what the page writes, and `verify` confirms it."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from lib.exports.formats import FORMATS, PLAIN, whole
from pipelines.cli import app
from tests.lib.exports.conftest import ask


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize("ending", ["csv", "jsonl", "json", "parquet", "arrow"])
def test_a_file_has_the_bytes_of_the_page(demo_database: Path, tmp_path: Path, ending: str) -> None:
    country = ask(demo_database, {}).choices.attributes[0].values[0]
    address = f"country={country}&table=area_scores&shape=wide&columns=city_id,DM_met"
    done = run("export", tmp_path / f"x.{ending}", "--select", address, "--database", demo_database)
    assert done.exit_code == 0, done.output
    export = ask(demo_database, {"country": country}).gather("area_scores", "wide", "city_id", "DM_met")
    assert (tmp_path / f"x.{ending}").read_bytes() == whole(PLAIN[ending], export)
    assert [path.name for path in tmp_path.iterdir()] == [f"x.{ending}"]


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_is_written_and_confirmed(demo_database: Path, tmp_path: Path, format_: str) -> None:
    file = tmp_path / f"x.{FORMATS[format_].ending}"
    done = run("export", file, "--table", "cities", "--format", format_, "--database", demo_database)
    assert done.exit_code == 0, done.output
    assert "cities in the 2025 cycle" in done.output
    checked = run("verify", file, "--database", demo_database)
    assert (checked.exit_code, checked.output.split(":")[0]) == (0, "Confirmed"), checked.output


def test_a_zip_is_csv_with_its_receipt_if_nothing_is_said(demo_database: Path, tmp_path: Path) -> None:
    assert run("export", tmp_path / "x.zip", "--database", demo_database).exit_code == 0
    with zipfile.ZipFile(tmp_path / "x.zip") as package:
        assert set(package.namelist()) == {"responses.csv", "codebook.csv", "receipt.txt", "receipt.json"}
        rows = pd.read_csv(io.BytesIO(package.read("responses.csv")))
    assert len(rows) == ask(demo_database, {}).gather().rows.num_rows


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--table", "secrets"], "table=secrets is not one of responses, area_scores"),
        (["--shape", "round"], "shape=round is not one of long, wide"),
        (["--columns", "city_id,nonsense"], "columns=nonsense is not one of standard_id, cycle"),
        (["--select", "cycle=1999"], "cycle=1999 is nothing that can be selected"),
        (["--format", "xlsx"], "xlsx is no format of a file: use "),
    ],
)
def test_what_cannot_be_written_is_a_sentence(demo_database: Path, tmp_path: Path, words: list[str], told: str) -> None:
    done = run("export", tmp_path / "x.csv", *words, "--database", demo_database)
    assert done.exit_code == 1
    assert told in done.output
    assert not list(tmp_path.iterdir())


def test_verify_says_what_differs_and_what_is_no_file(demo_database: Path, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    done = run("verify", tmp_path / "x.csv", "--database", demo_database)
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert "carries no receipt" in done.output or "none of the files that carry a receipt" in done.output
    assert run("verify", tmp_path / "missing.zip", "--database", demo_database).exit_code == 1
