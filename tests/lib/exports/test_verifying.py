"""A file is confirmed, or it is said what differs: another version, an edited file, rows, columns, cells."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from lib.exports.formats import FORMATS, whole
from lib.exports.request import TITLES, shapes
from lib.exports.table import Export
from lib.exports.taken import UnreadableError, read_taken
from lib.exports.verifying import verify
from tests.conftest import MakeCohort
from tests.lib.exports.conftest import Asked, ask

SHAPED = [(table, shape) for table in TITLES for shape in shapes(table)]
MIXED = [("responses", "wide"), ("city_scores", "long"), ("panel_changes", "long")]
TOLD = ("a\nb", "\x01 with a blank ", "x" * 40_000, "")
ANSWERS = [
    {"city": f"=City {n}", "criterion_id": f"DM{k}", "evidence": TOLD[(n + k) % 4]} for n in range(3) for k in (1, 2)
]


def written(export: Export, format_: str, folder: Path) -> Path:
    path = folder / f"file.{FORMATS[format_].ending}"
    path.write_bytes(whole(FORMATS[format_], export))
    return path


def edited(path: Path, name: str, was: bytes, is_: bytes) -> Path:
    """The zip with one text in it replaced."""
    with zipfile.ZipFile(path) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    assert was in parts[name]
    with zipfile.ZipFile(path, "w") as package:
        for part, content in parts.items():
            package.writestr(part, content.replace(was, is_, 1) if part == name else content)
    return path


@pytest.mark.parametrize(
    ("table", "shape", "format_"),
    [
        *((*shaped, format_) for shaped in SHAPED for format_ in ("csv", "parquet")),
        *((*shaped, format_) for shaped in MIXED for format_ in FORMATS if format_ not in ("csv", "parquet")),
    ],
)
def test_every_file_is_confirmed(asked: Asked, tmp_path: Path, table: str, shape: str, format_: str) -> None:
    verdict = verify(read_taken(written(asked.gather(table, shape), format_, tmp_path)), asked.warehouse)
    assert verdict.confirmed, verdict.told
    (told,) = verdict.told
    assert told.startswith("Confirmed: ")


@pytest.mark.parametrize("format_", FORMATS)
def test_hostile_texts_and_chosen_columns_are_confirmed(cohort: MakeCohort, tmp_path: Path, format_: str) -> None:
    asked = ask(cohort(ANSWERS), {})
    for columns in ((), ("city", "status", "evidence"), ("evidence",), ("row",)):
        path = written(asked.gather("responses", "long", *columns), format_, tmp_path)
        verdict = verify(read_taken(path), asked.warehouse)
        assert verdict.confirmed, verdict.told


def test_an_edited_cell_is_named(asked: Asked, tmp_path: Path) -> None:
    path = written(asked.gather("city_scores", "long", "city_id", "met"), "csv", tmp_path)
    first = asked.gather("city_scores").rows.slice(0, 1).to_pylist()[0]
    was = f'"{first["city_id"]}",{first["met"]}'.encode()
    edited(path, "city_scores.csv", was, f'"{first["city_id"]}",{first["met"] + 7}'.encode())
    verdict = verify(read_taken(path), asked.warehouse)
    assert not verdict.confirmed
    assert verdict.told == (
        "The file was changed after it was made: its rows do not have the digest in its receipt.",
        f"met: 1 cell differs, first {first['city_id']}: '{first['met'] + 7}' in the file,"
        f" '{first['met']}' in the database.",
    )


def test_a_lost_row_and_a_lost_column_are_named(asked: Asked, tmp_path: Path) -> None:
    path = written(asked.gather("cities"), "parquet", tmp_path)
    rows = pq.read_table(path)
    about = pq.read_metadata(path).metadata
    with pq.ParquetWriter(path, rows.drop(["region"]).schema) as writer:
        writer.write_table(rows.drop(["region"]).slice(1))
        writer.add_key_value_metadata({"sha256": about[b"sha256"].decode()})
    verdict = verify(read_taken(path), asked.warehouse)
    text = " ".join(verdict.told)
    assert "The file lacks 1 column: region." in text
    assert f"1 row of the database is not in the file: {rows['city_id'][0].as_py()}." in text
    assert "changed after it was made" in text


def test_an_edited_workbook_is_noticed(asked: Asked, tmp_path: Path) -> None:
    path = written(asked.gather("city_scores"), "xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    book["data"]["E2"] = "Atlantis"
    book.save(path)
    assert any("city: 1 cell differ" in told for told in verify(read_taken(path), asked.warehouse).told)


def test_an_edited_receipt_is_noticed(asked: Asked, tmp_path: Path) -> None:
    path = edited(written(asked.gather("cities"), "csv", tmp_path), "receipt.json", b'the data": "', b'the data": "0')
    assert "the receipt was edited" in " ".join(verify(read_taken(path), asked.warehouse).told)
    edited(path, "receipt.json", b'"2 cities', b'"3 cities')
    assert "The receipt's 'selection' is not what" in " ".join(verify(read_taken(path), asked.warehouse).told)
    edited(path, "receipt.json", b"?country=", b"?country=Atlantis&country=")
    assert "country=Atlantis cannot be selected now." in verify(read_taken(path), asked.warehouse).told
    edited(path, "receipt.json", b'"title": "', b'"title": 3, "name": "')
    with pytest.raises(UnreadableError):
        read_taken(path)


def test_a_workbook_that_another_program_saved_again_holds_the_same_rows(asked: Asked, tmp_path: Path) -> None:
    """openpyxl keeps fifteen digits of a share."""
    path = written(asked.gather("city_scores"), "xlsx", tmp_path)
    openpyxl.load_workbook(path).save(path)
    assert verify(read_taken(path), asked.warehouse).confirmed


def test_a_database_that_has_moved_on_is_told_apart_from_an_edited_file(cohort: MakeCohort, tmp_path: Path) -> None:
    database = cohort(ANSWERS)
    before = ask(database, {})
    (tmp_path / "coded").mkdir()
    files = [written(before.gather(), format_, tmp_path) for format_ in ("csv", "parquet", "xlsx")]
    coded = written(before.gather(), "sav", tmp_path / "coded")
    del before
    again = ask(cohort([{"city": "Zagora", "criterion_id": "DM1"}, {**ANSWERS[0], "response": "No"}]), {})
    for path in files:
        verdict = verify(read_taken(path), again.warehouse)
        version, cause, *differences = verdict.told
        assert not verdict.confirmed
        assert f"not {again.warehouse.version}" in version
        assert (cause == "The file is as it was made; the database says something else now.") == (
            path.suffix != ".xlsx"
        )
        assert path.suffix != ".xlsx" or "cannot be told whether" in cause
        assert any("1 row of the database is not in the file: zagora, DM1" in told for told in differences)
        assert any(told.startswith("status: 1 cell differ") for told in differences)
    assert "cannot be told whether" in verify(read_taken(coded), again.warehouse).told[1]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04"])
@pytest.mark.parametrize("ending", ["zip", "parquet", "xlsx", "arrow", "duckdb", "csv"])
def test_what_carries_no_receipt_is_a_sentence(tmp_path: Path, content: bytes, ending: str) -> None:
    (tmp_path / f"file.{ending}").write_bytes(content)
    with pytest.raises(UnreadableError, match="receipt"):
        read_taken(tmp_path / f"file.{ending}")


def test_an_empty_zip_has_no_receipt(tmp_path: Path) -> None:
    packed = io.BytesIO()
    zipfile.ZipFile(packed, "w").close()
    (tmp_path / "file.zip").write_bytes(packed.getvalue())
    with pytest.raises(UnreadableError):
        read_taken(tmp_path / "file.zip")
