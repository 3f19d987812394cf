"""The report card in a real Chromium: taken from the page of a city, and the HTML form held to WCAG by axe-core."""

from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pptx import Presentation
from pypdf import PdfReader

from lib.peers import Peers
from lib.queries.choices import read_choices
from lib.report.contents import gather
from lib.report.html import html_bytes
from lib.selection import Selection
from lib.warehouse import open_current
from tests.browser.conftest import NewPage
from tests.browser.rest import visited
from tests.browser.test_brief import taken

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def some_city(database: Path) -> tuple[str, str]:
    """Id and name of a city of the demo's last cycle."""
    rows = open_current(database).fetch(
        "select city_id::text as city, name from city_score join city using (city_id) "
        "where cycle::text = '2025' and stage = 'validated' order by 1"
    )
    return str(rows["city"].iloc[0]), str(rows["name"].iloc[0])


def test_the_card_is_of_the_city_on_the_page(page: Page, server: str, demo_database: Path) -> None:
    city, name = some_city(demo_database)
    visited(page, f"{server}/city?city={city}&peers=all")
    file, pdf = taken(page, "PDF, Letter")
    assert file.endswith("-report-card-2025-validated-demonstration-data.pdf")
    pages = PdfReader(BytesIO(pdf)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert len(pages) == 2
    assert name in text
    assert "everybody selected" in text
    _, slides = taken(page, "PowerPoint")
    assert Presentation(BytesIO(slides)).slides[0].shapes.title.text.startswith(name)
    _, html = taken(page, "HTML")
    assert f"{name}</h1>" in html.decode("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_html_form_is_accessible(new_page: NewPage, demo_database: Path, scheme: str, width: int) -> None:
    city, _ = some_city(demo_database)
    warehouse = open_current(demo_database)
    made = gather(warehouse, Selection.from_params({}, read_choices(warehouse)), city, Peers())
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
    page.set_content(html_bytes(made).decode("utf-8"))
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
