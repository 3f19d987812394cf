"""The page Intake on what was set aside: each place, once; and the way to correct it."""

import io
from pathlib import Path

import openpyxl
import pytest

import lib.viewer
from lib.intake import desk
from tests.conftest import MakeCohort
from tests.pages.conftest import Open, screen, table_in
from tests.pages.test_intake import MAY, bring, click


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("COHORT_VIEWER", raising=False)
    path = tmp_path / "settings.toml"
    path.write_text(MAY)
    monkeypatch.setattr(lib.viewer, "SETTINGS", path)
    return path


@pytest.fixture
def real(cohort: MakeCohort) -> Path:
    everyone = [{"city": "Lima", "criterion_id": f"DM{number}"} for number in range(1, 10)]
    return cohort([*everyone, {"city": "Cusco", "criterion_id": "DM2", "response": "Yess"}])


def test_a_rejected_cell_has_its_place_and_what_may_have_been_meant(opened: Open, real: Path) -> None:
    app = opened(real, "intake")
    row = table_in(app, "rejected").iloc[0].to_dict()
    assert (row["Row"], row["Column"], row["Found"], row["Answers"]) == (11, "response", "Yess", 1)
    assert row["Why it was set aside"] == "the answer is not understood"
    assert row["Expected"] == "an answer in words that are known, such as yes or no"
    assert row["Perhaps"] == "yes"
    assert "1 answer was set aside: the answer is not understood" in screen(app)
    assert table_in(app, "rejected-words")[["Found", "Answers", "Files"]].to_numpy().tolist() == [["Yess", 1, 1]]


def test_a_row_without_a_city_is_one_line_and_the_counts_add_up(opened: Open, real: Path) -> None:
    wide = "city,DM1,DM2,DM3\nPuno,Yes,No,Yes\n,Yes,No,Yes\n"
    app = bring(opened(real, "intake"), "wide.csv", wide)
    app.text_input[0].set_value("2025").run()
    app = click(app, "_wanted")
    proposed = table_in(app, "proposed-rejected")
    assert proposed[["Row", "Why it was set aside", "Answers"]].to_numpy().tolist() == [
        [3, "no city is named: the whole row", 3]
    ]
    app = click(app, "_publish")
    places, sources = table_in(app, "rejected"), table_in(app, "sources")
    assert places["Answers"].tolist() == [1, 3]
    assert places["Answers"].sum() == sources["Rejected"].sum() == 4


def test_a_marked_workbook_corrected_and_brought_again_empties_what_was_set_aside(opened: Open, real: Path) -> None:
    app = opened(real, "intake")
    app = click(app, "_marked")
    (ready,) = [each.label for each in app.get("download_button") if "to correct" in each.label]
    assert ready == "Download answers-0 to correct.xlsx"
    made = desk.marked(real, 1)
    book = openpyxl.load_workbook(io.BytesIO(made["content"]))
    (cell,) = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.comment]
    cell.value = "yes"
    mended = io.BytesIO()
    book.save(mended)
    app = bring(app, "mended.xlsx", mended.getvalue())
    assert "mended.xlsx corrects answers-0.csv: it takes the place of that file." in screen(app)
    app = click(click(app, "_wanted"), "_publish")
    assert "Nothing: every answer in these files was understood." in screen(app)
    assert table_in(app, "sources")["Rejected"].tolist() == [0]


@pytest.mark.parametrize("text", ["", MAY.replace("true", "false")])
def test_only_who_may_load_gets_the_files_marked(opened: Open, real: Path, settings: Path, text: str) -> None:
    settings.write_text(text)
    assert "_marked" not in {button.key for button in opened(real, "intake").button}
