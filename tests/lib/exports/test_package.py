"""The data package validates by the libraries of its schemas, and says how to cite and repeat the file."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import frictionless
import mlcroissant
import pandas as pd
import pytest
import yaml

from lib.exports.citing import Citation, bibtex, citation_cff, licence_text, read_citation
from lib.exports.formats import FORMATS, PLAIN, whole
from lib.exports.request import TITLES, shapes
from tests.lib.exports.conftest import Asked

SHAPED = pytest.mark.parametrize(("table", "shape"), [(table, shape) for table in TITLES for shape in shapes(table)])


@pytest.fixture
def unpacked(asked: Asked, tmp_path: Path) -> Path:
    return unpack(asked, tmp_path, "responses", "wide")


def unpack(asked: Asked, folder: Path, table: str, shape: str) -> Path:
    with zipfile.ZipFile(io.BytesIO(whole(FORMATS["package"], asked.gather(table, shape)))) as package:
        package.extractall(folder)
    return folder


@SHAPED
def test_frictionless_finds_no_fault(asked: Asked, tmp_path: Path, table: str, shape: str) -> None:
    report = frictionless.validate(str(unpack(asked, tmp_path, table, shape) / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])[:3]
    (resource,) = frictionless.Package(str(tmp_path / "datapackage.json")).resources
    assert len(resource.read_rows()) == asked.gather(table, shape).rows.num_rows
    assert resource.schema.primary_key


@SHAPED
def test_mlcroissant_finds_no_fault_and_reads_the_rows(asked: Asked, tmp_path: Path, table: str, shape: str) -> None:
    folder = unpack(asked, tmp_path, table, shape)
    dataset = mlcroissant.Dataset(jsonld=folder / "croissant.json")
    assert not dataset.metadata.issues.errors
    first = next(iter(dataset.records(table.replace("_", "-"))))
    assert len(first) == asked.gather(table, shape).rows.num_columns


def test_frictionless_tells_an_answer_from_the_words_for_none(asked: Asked, unpacked: Path) -> None:
    (resource,) = frictionless.Package(str(unpacked / "datapackage.json")).resources
    told = json.loads((unpacked / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]["schema"]["fields"]
    field = next(field for field in told if field["name"] == "DM1")
    assert field["categories"] == ["not_met", "met", "partly_met"]
    assert {word["value"]: word["label"] for word in field["missingValues"]}["not_answered"] == "not answered"
    given = asked.gather("responses", "wide").rows["DM1"].to_pylist()
    expected = [status if status in field["categories"] else None for status in given]
    assert [row["DM1"] for row in resource.read_rows()] == expected


def test_the_package_names_its_digest_everywhere(asked: Asked, unpacked: Path) -> None:
    digest = hashlib.sha256((unpacked / "data/responses.csv").read_bytes()).hexdigest()
    assert digest == hashlib.sha256(whole(PLAIN["csv"], asked.gather("responses", "wide"))).hexdigest()
    for name in ("datapackage.json", "croissant.json", "receipt.txt", "receipt.json", "reproduce.py", "reproduce.R"):
        assert digest in (unpacked / name).read_text(encoding="utf-8"), name


def test_the_codebook_names_every_column_and_every_word(asked: Asked, unpacked: Path) -> None:
    text = (unpacked / "codebook.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in text for name in asked.gather("responses", "wide").schema.names)
    assert all(word in text for word in ("not_answered", "not_applicable", "suppressed", "blocked"))


def test_the_citation_is_yaml_with_what_the_format_asks_for(asked: Asked, unpacked: Path) -> None:
    cff = yaml.safe_load((unpacked / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= cff.keys()
    assert cff["type"] == "dataset"
    assert cff["version"] == asked.warehouse.version
    assert cff["authors"] == [{"name": "What Works Cities Certification"}]
    assert "license" not in cff
    assert "not stated a licence" in (unpacked / "LICENCE.txt").read_text(encoding="utf-8")
    assert (unpacked / "citation.bib").read_text(encoding="utf-8").startswith("@misc{responses")


def test_what_the_programme_says_is_cited(asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text('author = "A: B & C"\nlicence = "CC-BY-4.0"\ncontact = 3\n', encoding="utf-8")
    citation = read_citation(tmp_path / "c.toml")
    assert citation == Citation("A: B & C", "CC-BY-4.0")
    export = asked.gather()
    cff = yaml.safe_load(citation_cff(export, export.receipt, citation))
    assert (cff["authors"], cff["license"]) == ([{"name": "A: B & C"}], "CC-BY-4.0")
    assert "author = {{A: B \\& C}}" in bibtex(export, export.receipt, citation)
    assert licence_text(citation) == "CC-BY-4.0\n"
    (tmp_path / "c.toml").write_text("author = ", encoding="utf-8")
    assert read_citation(tmp_path / "c.toml") == Citation()


def test_the_snippet_in_python_repeats_the_file(asked: Asked, unpacked: Path) -> None:
    table = (unpacked / "data/responses.csv").as_uri()
    script = unpacked / "reproduce.py"
    link = json.dumps(asked.gather("responses", "wide").link)
    text = script.read_text(encoding="utf-8")
    assert link in text
    assert link in (unpacked / "reproduce.R").read_text(encoding="utf-8")
    script.write_text(text.replace(link, json.dumps(table)), encoding="utf-8")
    run = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert "not the rows" not in run.stdout
    assert "CI3" in run.stdout


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_the_r_snippet_gives_the_rows_also_where_the_locale_is_plain(asked: Asked, unpacked: Path) -> None:
    script, table = unpacked / "reproduce.R", (unpacked / "data" / "responses.csv").as_uri()
    link = json.dumps(asked.gather("responses", "wide").link)
    text = script.read_text(encoding="utf-8").replace(link, json.dumps(table)) + "cat(nrow(rows), 'rows')\n"
    script.write_text(text, encoding="utf-8")
    run = subprocess.run(
        ["Rscript", str(script)], capture_output=True, text=True, check=True, env=os.environ | {"LC_ALL": "C"}
    )
    assert "not the rows" not in run.stdout + run.stderr
    assert f"{asked.gather('responses', 'wide').rows.num_rows} rows" in run.stdout


def test_the_statement_of_the_package_is_that_of_the_rows(asked: Asked, unpacked: Path) -> None:
    assert asked.gather("responses", "wide").sql in (unpacked / "query.sql").read_text(encoding="utf-8")
    assert pd.read_csv(unpacked / "data/responses.csv").shape[0] == asked.gather("responses", "wide").rows.num_rows
