"""Many files looked at together: told by the way they are laid out, and what cannot be read beside."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lib.standard import load_standards
from pipelines import surveying
from pipelines.cli import app
from pipelines.inspect import Asked
from pipelines.surveying import survey
from pipelines.telling import survey_lines
from tests.pipelines.exports import city_sheet, load_into, table, workbook, write
from tests.pipelines.loads import ask


def run(*arguments: object) -> tuple[int, str]:
    found = CliRunner().invoke(app, list(map(str, arguments)))
    return found.exit_code, found.stdout


def test_a_folder_is_told_by_the_kinds_of_files_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for number in range(60):  # enough for processes of their own
        sheet = city_sheet(f"City {number}", {"DM1": "Yes", "DM2": "No"})
        workbook(folder / f"{number:02}.xlsx", {f"City {number}": sheet})
    write(folder / "other.csv", table([["City", "DM1"], ["Alder", "Yes"]]))
    write(folder / "unsure.csv", table([["Where", "DM1"], ["Alder", "Yes"]]))
    write(folder / "broken.xlsx", b"PK\x03\x04 no workbook")
    code, told = run("inspect", folder, "--cycle", "2023", "--write-mapping", tmp_path / "m.toml")
    assert code == 0
    assert told.startswith("62 files can be read, laid out in 3 ways\n\n1. 60 files: 00.xlsx, 01.xlsx, ")
    assert "and 55 more\n00.xlsx: workbook; one city; read as wwc-2022" in told
    assert "1 file: unsure.csv" in told
    assert told.endswith(
        "1 file cannot be read\n  broken.xlsx: is not a workbook that can be opened: it is damaged or incomplete; "
        "save or fetch it once more\n"
    )
    assert sorted(path.name for path in tmp_path.glob("m*.toml")) == ["m-1.toml", "m-2.toml", "m-3.toml"]
    found = json.loads(run("inspect", folder, "--cycle", "2023", "--json")[1])
    assert [(len(kind["files"]), kind["certain"]) for kind in found["kinds"]] == [(60, True), (1, True), (1, False)]
    (folder / "broken.xlsx").unlink()
    (folder / "unsure.csv").unlink()
    load_into(tmp_path / "c.duckdb", folder)
    assert ask(tmp_path / "c.duckdb", "select count(*) from source where rejected = 0") == [(61,)]


def test_many_kinds_are_not_all_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveying, "MOST_KINDS", 2)
    paths = [write(tmp_path / f"{n}.csv", table([["City", f"DM{n}"], ["Alder", "Yes"]])) for n in (1, 2, 3)]
    found = survey(paths, Asked("wwc-2022"), load_standards())
    assert [kind.found is None for kind in found.kinds] == [False, False, True]
    assert list(survey_lines(found))[-1] == "Not looked at: inspect it alone"
