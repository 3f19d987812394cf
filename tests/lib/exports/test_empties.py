"""No cell is empty without a reason: a word beside it, a labelled missing value, or a line of the codebook."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyreadstat
import pytest

from lib.access import open_for
from lib.exports.codebook import codebook
from lib.exports.empties import STATUSES, WORDS, explained_by, when_empty
from lib.exports.formats import FORMATS, whole
from lib.exports.request import TITLES, shapes, title
from lib.exports.statistical import STATUSES as CODES
from lib.exports.table import Export, plain
from lib.queries import about
from lib.queries.choices import read_choices
from lib.selection import Selection
from lib.viewer import RESEARCHER, Viewer
from tests.conftest import MakeCohort
from tests.lib.exports.conftest import Asked, ask

SHAPED = [(table, shape) for table in TITLES for shape in shapes(table)]
# Six cities answer DM1, four DM2, nobody DM3 (blank), and DM4 does not apply to any of the six.
FEW = [
    {"city": f"City {n}", "criterion_id": f"DM{of}", "cycle": "2026", "response": response}
    for of, many, response in ((1, 6, "Yes"), (2, 4, "No"), (3, 6, ""), (4, 6, "N/A"))
    for n in range(many)
]


@pytest.fixture
def few(cohort: MakeCohort) -> Asked:
    return ask(cohort(FEW), {})


def taken(export: Export, format_: str, folder: Path, *, user_missing: bool) -> pd.DataFrame:
    """The table of a statistical program's file as its reader has it."""
    with zipfile.ZipFile(io.BytesIO(whole(FORMATS[format_], export))) as package:
        path = folder / f"{export.name}.{format_}"
        path.write_bytes(package.read(path.name))
    read = pyreadstat.read_sav if format_ == "sav" else pyreadstat.read_dta
    return read(path, user_missing=user_missing)[0]


@pytest.mark.parametrize("role", ["programme", RESEARCHER])
@pytest.mark.parametrize(("table", "shape"), SHAPED)
def test_whatever_is_empty_has_its_reason(demo_database: Path, role: str, table: str, shape: str) -> None:
    asked = ask(demo_database, {"level": "No level"})
    if role == RESEARCHER:
        warehouse = open_for(Viewer(RESEARCHER), demo_database)
        choices = read_choices(warehouse)
        asked = Asked(warehouse, choices, Selection.from_params({}, choices))
    export = asked.gather(table, shape)
    rows = export.rows.to_pandas()
    reasons = dict(zip(export.codebook["column"], export.codebook["when_empty"], strict=True))
    empty = [name for name in rows if rows[name].isna().any()]
    assert all(reasons[name] for name in empty), empty
    for name, status in explained_by(table, list(rows)).items():
        words = rows.loc[rows[name].isna(), status]
        assert set(words) <= CODES.keys() | {"given"}
        if name != "to_next":
            assert "given" not in set(words), name
    for status in (name for name in rows if name.endswith(STATUSES)):
        assert set(rows[status]) <= WORDS.keys()


def test_a_rate_says_why_it_is_empty(few: Asked) -> None:
    rates = few.gather("criterion_rates").rows.to_pandas().set_index("criterion_id")
    told = ["given", "suppressed", "not_answered", "not_applicable"]
    assert rates["rate_status"].head(4).tolist() == told
    assert rates["pass_rate"].notna().head(4).tolist() == [True, False, False, False]


def test_csv_stays_a_line_of_pandas(few: Asked) -> None:
    with zipfile.ZipFile(io.BytesIO(whole(FORMATS["csv"], few.gather("criterion_rates")))) as package:
        rates = pd.read_csv(io.BytesIO(package.read("criterion_rates.csv")))
    assert rates["pass_rate"].dtype == float
    assert rates.loc[rates["rate_status"] != "given", "pass_rate"].isna().all()


@pytest.mark.parametrize(("format_", "codes"), [("sav", [-96.0, -99.0, -98.0]), ("dta", ["d", "a", "b"])])
def test_spss_and_stata_have_the_reasons_as_missing_values(
    few: Asked, tmp_path: Path, format_: str, codes: list[object]
) -> None:
    export = few.gather("criterion_rates")
    assert taken(export, format_, tmp_path, user_missing=True)["pass_rate"].tolist()[:4] == [1.0, *codes]
    assert taken(export, format_, tmp_path, user_missing=False)["pass_rate"].isna().tolist()[:4] == [False, *[True] * 3]


def test_no_mean_counts_what_is_not_answered(few: Asked, tmp_path: Path) -> None:
    export = few.gather("responses", "wide")
    for format_ in ("sav", "dta"):
        wide = taken(export, format_, tmp_path, user_missing=False)
        assert wide["DM2"].mean() == 0
        assert wide["DM2"].count() == 4
        assert wide["DM3"].isna().all()
    path = tmp_path / "responses.dta"
    assert pd.read_stata(path, convert_categoricals=False)["DM2"].count() == 4


def test_the_package_labels_an_empty_cell(few: Asked) -> None:
    with zipfile.ZipFile(io.BytesIO(whole(FORMATS["package"], few.gather("criterion_rates")))) as package:
        fields = json.loads(package.read("datapackage.json"))["resources"][0]["schema"]["fields"]
        assert "An empty cell is a missing value and never zero" in package.read("codebook.md").decode()
    told = {field["name"]: field for field in fields}
    assert told["pass_rate"]["missingValues"] == [{"value": "", "label": "rate_status says why"}]
    assert {"value": "suppressed", "label": WORDS["suppressed"]} in told["rate_status"]["categories"]


def test_a_column_left_out_is_named() -> None:
    assert when_empty("criterion_rates", ["pass_rate"], []) == {
        "pass_rate": "rate_status says why; it was not asked for"
    }
    assert when_empty("cities", ["country", "submitted_at"], ["country"], RESEARCHER) == {
        "country": "suppressed: too few share it; or not known",
        "submitted_at": "left out in this view",
    }


def test_the_codebook_has_the_standard_s_words(few: Asked) -> None:
    standard = replace(few.standard, noun="economy", noun_plural="economies", levels=())
    comments = about.codebook(few.warehouse)
    schema = few.gather("city_scores").schema
    told = codebook("city_scores", schema, comments, standard).set_index("column")
    assert told.loc["city", "description"] == "The economy's name"
    assert told.loc["level", "when_empty"] == "this standard has no levels"
    assert told.loc["stage", "description"].startswith("self_reported: as the economy answered")
    assert title("city_scores", standard) == "Scores"
    keyed = codebook("city_scores", schema, comments, standard, RESEARCHER).set_index("column")
    assert keyed.loc["city", "description"] == "A name made up from the key"


@pytest.mark.parametrize("kind", [pa.uint32(), pa.float64(), pa.timestamp("us"), pa.date32(), pa.bool_()], ids=str)
def test_nothing_of_our_memory_stands_where_a_number_is_missing(kind: pa.DataType) -> None:
    """DuckDB leaves there what it had before; other libraries do not show it, but an Arrow file has it."""
    remains = pa.Array.from_buffers(kind, 2, [pa.py_buffer(b"\x02"), pa.py_buffer(b"\x01" * 16)])
    (column,) = plain(pa.table({"a": remains}))["a"].chunks
    assert column.equals(remains)
    assert not any(column.buffers()[1].to_pybytes()[: max(kind.bit_width // 8, 1)])
