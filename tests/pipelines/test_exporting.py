"""`export` writes what the page writes, and `verify` confirms it."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from lib.access import door, key, open_for
from lib.exports.formats import FORMATS, PLAIN, whole
from lib.queries.choices import read_choices
from lib.selection import Selection
from lib.viewer import CITY, RESEARCHER, Viewer
from lib.warehouse import open_current
from lib.window.taken import file_of
from pipelines.cli import app
from tests.lib.exports.conftest import Asked, ask
from tests.lib.exports.test_verifying import edited


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
        (
            ["--table", "secrets"],
            "table: “secrets” is not one of the values it may have. There is: responses, area_scores",
        ),
        (["--shape", "round"], "shape: “round” is not one of the values it may have. There is: long, wide"),
        (
            ["--columns", "city_id,nonsense"],
            "columns: “nonsense” is not one of the values it may have. There is: standard_id, cycle",
        ),
        (["--select", "cycle=1999"], "cycle: “1999” is not one of the values it may have. There is: 2023, 2024, 2025"),
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


def as_seen(viewer: Viewer, database: Path) -> Asked:
    warehouse = open_for(viewer, database)
    choices = read_choices(warehouse)
    return Asked(warehouse, choices, Selection.from_params({}, choices))


@pytest.fixture
def own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A key of the test's own, and no view that was made with another one."""
    monkeypatch.setattr(key, "SECRETS", tmp_path / "none.toml")
    monkeypatch.setattr(key, "FILE", tmp_path / "secret.key")
    door._kept.clear()
    yield key.FILE
    door._kept.clear()


@pytest.mark.parametrize("format_", ["csv", "parquet", "sav"])
@pytest.mark.parametrize("table", ["responses", "criterion_rates"])
def test_a_file_of_the_research_view_is_confirmed_with_its_key_only(
    demo_database: Path, tmp_path: Path, own_key: Path, format_: str, table: str
) -> None:
    export = as_seen(Viewer(RESEARCHER), demo_database).gather(table)
    file = tmp_path / f"x.{FORMATS[format_].ending}"
    file.write_bytes(whole(FORMATS[format_], export))
    assert run("verify", file, "--database", demo_database).output.startswith("Confirmed: ")
    door._kept.clear()
    own_key.unlink()
    done = run("verify", file, "--database", demo_database)
    assert (done.exit_code, "made with a secret key, and none is here" in done.output) == (1, True)
    own_key.write_text("another key that is long enough", encoding="ascii")
    done = run("verify", file, "--database", demo_database)
    if table == "responses":
        assert (done.exit_code, "made with another secret" in done.output) == (1, True)
    else:
        assert done.output.startswith("Confirmed: ")


def test_a_city_s_file_is_compared_with_its_own_view(demo_database: Path, tmp_path: Path, own_key: Path) -> None:
    del own_key
    own = ask(demo_database, {}).gather("cities").rows["city_id"][3].as_py()
    asked = as_seen(Viewer(CITY, (own,)), demo_database)
    for columns, words in ((("city_id", "met"), []), (("met",), ["--city", own])):
        file = tmp_path / "x.zip"
        file.write_bytes(whole(FORMATS["csv"], asked.gather("city_scores", "long", *columns)))
        done = run("verify", file, *words, "--database", demo_database)
        assert done.output.startswith("Confirmed: "), done.output
    done = run("verify", file, "--database", demo_database)
    assert (done.exit_code, "name it with --city" in done.output) == (1, True)


def test_an_answer_of_the_query_window_is_confirmed_or_told_apart(demo_database: Path, tmp_path: Path) -> None:
    sql = "select criterion_id, count(*) as n from response group by all order by all"
    (tmp_path / "x.parquet").write_bytes(file_of(sql, open_current(demo_database), "parquet"))
    (tmp_path / "x.zip").write_bytes(file_of(sql, open_current(demo_database), "csv"))
    for name in ("x.parquet", "x.zip"):
        assert run("verify", tmp_path / name, "--database", demo_database).output.startswith("Confirmed: 43 rows")
    other = edited(tmp_path / "x.zip", "query.csv", b'"DM1",', b'"DM1",1')
    done = run("verify", other, "--database", demo_database)
    assert (done.exit_code, "n: 1 cell differs, first DM1" in done.output) == (1, True)
