"""SPSS and Stata files, read back by pyreadstat and, those of Stata, by pandas."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyreadstat
import pytest

from lib.exports.formats import FORMATS, whole
from lib.exports.request import TITLES, shapes
from lib.exports.table import Export
from tests.lib.exports.conftest import HOSTILE, Asked, ask, export, mixed

SHAPED = pytest.mark.parametrize(("table", "shape"), [(table, shape) for table in TITLES for shape in shapes(table)])


def unpacked(rows: Export, ending: str, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(whole(FORMATS[ending], rows))) as package:
        return Path(package.extract(f"{rows.name}.{ending}", folder))


@SHAPED
def test_both_hold_the_rows_with_labels(asked: Asked, tmp_path: Path, table: str, shape: str) -> None:
    rows = asked.gather(table, shape)
    for ending, read in (("sav", pyreadstat.read_sav), ("dta", pyreadstat.read_dta)):
        frame, meta = read(unpacked(rows, ending, tmp_path))
        assert len(frame) == rows.rows.num_rows
        assert len(meta.column_names) == rows.rows.num_columns
        assert [label[:20] for label in meta.column_labels] == rows.codebook["description"].str[:20].tolist()


def test_statuses_are_numbers_with_labels_and_what_is_no_answer_is_missing(demo_database: Path, tmp_path: Path) -> None:
    rows = ask(demo_database, {}).gather("responses", "wide")
    given = pd.Series(rows.rows["DM1"].to_pylist())
    frame, meta = pyreadstat.read_sav(unpacked(rows, "sav", tmp_path), user_missing=True)
    labels = meta.variable_value_labels["DM1"]
    assert frame["DM1"].map(labels).tolist() == given.tolist()
    assert {code for code, word in labels.items() if word in ("met", "not_met", "partly_met")} == {0, 1, 2}
    without, _ = pyreadstat.read_sav(tmp_path / "responses.sav")
    assert without["DM1"].isna().tolist() == given.isin(["not_answered", "not_applicable", "blocked"]).tolist()
    stata = pd.read_stata(unpacked(rows, "dta", tmp_path), convert_categoricals=True)
    assert stata["DM1"].astype(str).tolist() == given.tolist()


def test_hard_values_survive(tmp_path: Path) -> None:
    frame, _ = pyreadstat.read_sav(unpacked(export(mixed()), "sav", tmp_path))
    assert frame["population"].tolist()[1:] == list(range(1, 12))
    assert [text for text in frame["evidence"].tolist() if isinstance(text, str)][:9] == HOSTILE[:9]
    stata = pd.read_stata(unpacked(export(mixed()), "dta", tmp_path))
    assert stata["share"].tolist()[1:] == mixed()["share"].to_pylist()[1:]
    assert stata["updated_at"].tolist()[1] == pd.Timestamp(2025, 1, 2, 3, 4, 5)


def test_names_become_those_that_the_programs_allow(tmp_path: Path) -> None:
    names = ["public-facing_met", "public_facing_met", "1st", "if", "x" * 40, "x" * 41, "São", "=1"]
    frame, _ = pyreadstat.read_dta(unpacked(export(pa.table({name: [1.5] for name in names})), "dta", tmp_path))
    assert len({name.lower() for name in frame.columns}) == len(names)
    assert frame.columns.tolist()[:4] == ["public_facing_met", "public_facing_met_2", "v_1st", "v_if"]
