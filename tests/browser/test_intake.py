"""Files brought in a real browser: looked at, compared, confirmed, and then on every page."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.rest import at_rest, visited
from tests.browser.server import serving
from tests.browser.test_frame import says, sentence, turn_to

pytestmark = pytest.mark.browser

TOWNS = ("Lima", "Cusco", "Puno", "Tacna", "Ica", "Piura")


def answers() -> bytes:
    """A small export in a semicolon dialect: six cities, three criteria, one word that nobody knows."""
    rows = [
        f"{town};2031;validated;{criterion};{'Sí' if town != 'Puno' else 'No'};12/31/2030"
        for town in TOWNS
        for criterion in ("DM1", "LC-6", "eval 1")
    ]
    header = "Ciudad;Cycle;Stage;Criterion ID;Respuesta;Updated"
    return "\r\n".join([header, *rows, "Ica;2031;validated;DM2;Tal vez;12/31/2030"]).encode("cp1252")


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/worksheets/sheet1.xml", b" " * (512 * 2**20))
    return packed.getvalue()


@pytest.fixture
def database(demo_database: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration, with its sources, that a test may publish over."""
    for path in demo_database.parent.glob("demo.*"):
        if path.is_dir():
            shutil.copytree(path, tmp_path / path.name)
        elif not path.name.endswith(".lock"):
            shutil.copy(path, tmp_path / path.name, follow_symlinks=False)
    return tmp_path / demo_database.name


@pytest.fixture
def intake(database: Path, tmp_path: Path, new_page: NewPage) -> Iterator[Page]:
    """The page Intake of a server on `database`."""
    with serving(database, tmp_path / "log.txt") as address:
        page = new_page()
        visited(page, f"{address}/intake")
        expect(page.get_by_role("heading", name="Load answers")).to_be_visible()
        yield page
        page.context.close()  # before its server goes, or it would complain


def bring(page: Page, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    at_rest(page).locator("input[type=file]").first.set_input_files(file)
    expect(page.get_by_test_id("stFileUploader").first).to_contain_text(Path(name).name)


def press(page: Page, name: str) -> None:
    at_rest(page).get_by_role("button", name=name, exact=True).click()


def test_a_file_over_the_demonstration_is_the_new_cohort_once_confirmed(intake: Page, database: Path) -> None:
    before, shown = database.readlink(), sentence(intake)
    bring(intake, "respuestas 2031.csv", answers())
    expect(intake.get_by_text("respuestas 2031.csv: 19 answers; here are the first 10")).to_be_visible()
    expect(intake.get_by_text("1 of 19 answers would be set aside")).to_be_visible()
    press(intake, "Show what publishing would change")
    expect(intake.get_by_text("Publishing would accept 18 answers and set 1 answer aside")).to_be_visible()
    figures = intake.locator(".key-figures")
    expect(figures).to_contain_text("Cities added6")
    expect(figures).to_contain_text("Cities gone60")
    expect(intake.get_by_text("Publishing starts afresh")).to_be_visible()
    assert database.readlink() == before
    press(intake, "Publish, and end the demonstration")
    expect(intake.get_by_text("Published. Every page now shows data version")).to_be_visible()
    says(intake, "6 cities", "2031 cycle")
    assert sentence(intake) != shown
    assert database.readlink() != before
    expect(intake.get_by_text("Demonstration data.")).to_have_count(0)
    turn_to(intake, "Overview")
    says(intake, "6 cities", "2031 cycle")


def test_what_was_set_aside_is_taken_away_marked_corrected_and_brought_again(intake: Page, tmp_path: Path) -> None:
    bring(intake, "respuestas 2031.csv", answers())
    press(intake, "Show what publishing would change")
    press(intake, "Publish, and end the demonstration")
    expect(intake.get_by_text("Published. Every page now shows data version")).to_be_visible()
    expect(intake.get_by_text("1 answer was set aside: the answer is not understood")).to_be_visible()
    press(intake, "Make the workbook")
    with intake.expect_download() as taken:
        press(intake, "Download respuestas 2031 to correct.xlsx")
    taken.value.save_as(tmp_path / "marked.xlsx")
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    (cell,) = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.comment]
    assert cell.value == "Tal vez"
    cell.value = "No"
    book.save(tmp_path / "corrected.xlsx")
    bring(intake, "corrected.xlsx", (tmp_path / "corrected.xlsx").read_bytes())
    expect(intake.get_by_text("corrected.xlsx corrects respuestas 2031.csv")).to_be_visible()
    press(intake, "Show what publishing would change")
    expect(intake.get_by_text("Publishing would accept 19 answers and set 0 answers aside")).to_be_visible()
    press(intake, "Publish")
    expect(intake.get_by_text("Nothing: every answer in these files was understood.")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bomb.xlsx", bomb(), "bomb.xlsx: is too large a workbook"),
        ("../../x.csv", b"\0\xff\xfe\1\2", "x.csv: is neither text"),
    ],
    ids=["zip bomb", "garbage"],
)
def test_a_hostile_file_is_one_sentence_and_changes_nothing(
    intake: Page, database: Path, name: str, content: bytes, words: str
) -> None:
    before, files = database.readlink(), sorted(database.parent.iterdir())
    bring(intake, name, content)
    alert = intake.get_by_role("alert")
    expect(alert).to_contain_text(words)
    text = alert.inner_text()
    assert "\n" not in text.split("error")[-1].strip()
    assert not any(trace in text for trace in ("Traceback", str(database.parent), "upload-1"))
    assert database.readlink() == before
    assert [path for path in database.parent.iterdir() if path not in files] == []
    expect(intake.get_by_text("Demonstration data.")).to_be_visible()
