"""Files from strangers: names are text only, and every refusal is one sentence without a path."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.intake import desk
from lib.intake.child import IntakeRefused
from lib.intake.desk import ENDINGS, LONGEST_NAME, Told, Upload

SMALL = b"city,cycle,stage,criterion_id,response\nLima,2024,validated,DM1,Yes\nPuno,2024,validated,DM2,Perhaps\n"
WWC = Told("wwc-2022")
NOWHERE = Path("nowhere.duckdb")


@pytest.fixture(autouse=True)
def permitted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "may_upload", lambda: True)


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/worksheets/sheet1.xml", b" " * (512 * 2**20))
    return packed.getvalue()


@given(st.text(max_size=300))
def test_a_name_is_one_printable_line_without_a_place(name: str) -> None:
    shown = Upload(name, b"").shown
    assert 0 < len(shown) <= max(LONGEST_NAME, len("a file without a name"))
    assert shown.isprintable()
    assert not {"/", "\\"} & set(shown)
    assert not shown.startswith((".", "-"))


@pytest.mark.parametrize("name", ["x.exe", "csv", ".csv", "x.csv.sh", "../../etc/passwd", "", "x.toml"])
def test_an_ending_that_is_not_known_is_refused(name: str) -> None:
    with pytest.raises(IntakeRefused, match=r"is not a CSV, XLSX or Parquet file\.$"):
        desk.inspect([Upload(name, SMALL)], WWC, NOWHERE)


def test_proposed_confirmed_and_named_as_it_came(tmp_path: Path) -> None:
    database = tmp_path / "cohort.duckdb"
    told = desk.propose([Upload("../São “Paulo”; $(x) --json.CSV", SMALL)], WWC, database)
    assert [file["file"] for file in told["files"]] == ["São “Paulo”; $(x) --json.CSV"]
    assert [row["value"] for row in told["rejected"]] == ["Perhaps"]
    assert not database.exists()
    assert desk.confirm(told["proposal"], database) == told["proposal"]
    assert database.exists()


def test_what_was_set_aside_comes_back_marked_and_a_corrected_workbook_knows_its_file(tmp_path: Path) -> None:
    database = tmp_path / "cohort.duckdb"
    odd = SMALL.replace(b"DM2", b"DM3")
    for name, content in (("one.csv", SMALL), ("two.csv", odd)):
        desk.confirm(desk.propose([Upload(name, content)], WWC, database)["proposal"], database)
    every = desk.marked(database, None)
    with zipfile.ZipFile(io.BytesIO(every["content"])) as packed:
        assert (every["name"], packed.namelist()) == (
            "to correct.zip",
            ["1 one to correct.xlsx", "2 two to correct.xlsx"],
        )
    one = desk.marked(database, 2)
    assert one["name"] == "two to correct.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(one["content"]))
    cell = book.worksheets[0]["E3"]
    assert "expected an answer" in cell.comment.text
    cell.value = "Yes"
    mended = io.BytesIO()
    book.save(mended)
    (found,) = desk.inspect([Upload("mended.xlsx", mended.getvalue())], WWC, database)["kinds"]
    assert (found["corrects"], found["rejected"], found["certain"]) == ("two.csv", {}, True)
    told = desk.propose([Upload("mended.xlsx", mended.getvalue())], WWC, database)
    assert (told["rejected_count"], told["difference"]["answers_added"]) == (0, 1)


def test_many_files_are_told_by_kind_under_their_own_names() -> None:
    long = SMALL.replace(b"Lima", b"Ica")
    wide = b"city,DM1\nLima,Yes\n"
    uploads = [
        Upload(name, text) for name, text in (("é.csv", SMALL), ("b.csv", wide), ("c.csv", long), ("d.csv", b""))
    ]
    found = desk.inspect(uploads, WWC, NOWHERE)
    assert [kind["files"] for kind in found["kinds"]] == [["é.csv", "c.csv"], ["b.csv"]]
    assert [kind["layout"] for kind in found["kinds"]] == ["long", "wide"]
    assert found["refused"] == ["d.csv: is empty"]


def test_marked_workbooks_are_for_those_who_may_bring_them_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "may_upload", lambda: False)
    with pytest.raises(IntakeRefused, match="Files cannot be loaded here"):
        desk.marked(tmp_path / "cohort.duckdb", None)


def test_discarded(tmp_path: Path) -> None:
    database = tmp_path / "cohort.duckdb"
    told = desk.propose([Upload("x.csv", SMALL)], WWC, database)
    desk.discard(told["proposal"], database)
    with pytest.raises(IntakeRefused, match="gone"):
        desk.confirm(told["proposal"], database)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.xlsx", bomb()),
        ("x.xlsx", b"PK\3\4 no"),
        ("x.parquet", b"\0" * 50),
        ("x.csv", b"\0\xff\xfe"),
        ("x.csv", b""),
    ],
    ids=["zip bomb", "no zip", "no parquet", "garbage", "empty"],
)
def test_a_hostile_file_is_one_sentence_in_its_own_name(tmp_path: Path, name: str, content: bytes) -> None:
    for act in (
        lambda: desk.inspect([Upload(name, content)], WWC, NOWHERE),
        lambda: desk.propose([Upload(name, content)], WWC, tmp_path / "x.duckdb"),
    ):
        with pytest.raises(IntakeRefused) as fault:
            act()
        sentence = str(fault.value)
        assert name in sentence or sentence.endswith("nothing has changed.")
        assert not any(trace in sentence for trace in ("upload-1", "Traceback", str(tmp_path), "intake-", "\n"))
    assert not (tmp_path / "x.duckdb").exists()


@pytest.mark.parametrize(
    "told", [Told("../x"), Told("wwc-2022", cycle="\0" * 3 + "--help"), Told("wwc-2022", stage="x")]
)
def test_what_is_said_reaches_the_pipeline_as_text_only(tmp_path: Path, told: Told) -> None:
    try:
        found = desk.propose([Upload("x.csv", SMALL)], told, tmp_path / "x.duckdb")
    except IntakeRefused as fault:
        assert "Traceback" not in str(fault)
    else:
        assert found["changed"]


def test_a_missing_cycle_is_asked_for_in_the_words_of_the_page(tmp_path: Path) -> None:
    without = Upload("x.csv", b"city,stage,criterion_id,response\nLima,validated,DM1,Yes\n")
    assert any("say it under “Cycle”" in note for note in desk.inspect([without], WWC, NOWHERE)["kinds"][0]["notes"])
    with pytest.raises(IntakeRefused, match=r"^x\.csv: .*say it under “Cycle”$"):
        desk.propose([without], WWC, tmp_path / "x.duckdb")
    assert desk.propose([without], Told("wwc-2022", cycle="2024"), tmp_path / "x.duckdb")["changed"]


def test_nobody_gets_past_the_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(desk, "may_upload", lambda: False)
    for act in (
        lambda: desk.inspect([Upload("x.csv", SMALL)], WWC, NOWHERE),
        lambda: desk.propose([Upload("x.csv", SMALL)], WWC, tmp_path / "x"),
        lambda: desk.confirm("20250101T000000000000", tmp_path / "x"),
        lambda: desk.discard("20250101T000000000000", tmp_path / "x"),
    ):
        with pytest.raises(IntakeRefused, match="cannot be loaded here"):
            act()


def test_the_endings_are_those_of_the_pipeline() -> None:
    from pipelines.files import SUFFIXES

    assert {f".{ending}" for ending in ENDINGS} == SUFFIXES
