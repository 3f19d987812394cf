"""The cohort brief, taken from the overview in a real browser."""

from io import BytesIO

import pytest
from playwright.sync_api import Page
from pptx import Presentation
from pypdf import PdfReader

from tests.browser.rest import visited
from tests.browser.test_frame import says
from tests.browser.test_journeys import saved

pytestmark = pytest.mark.browser
NAME = "cohort-brief-2024-validated-demonstration-data"


def taken(page: Page, label: str) -> tuple[str, bytes]:
    """Name and content of the file behind a button."""
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    return download.value.suggested_filename, saved(download.value)


def test_the_brief_is_of_what_the_page_shows(page: Page, server: str) -> None:
    visited(page, f"{server}/?cycle=2024&split=population_band")
    says(page, "2024")
    finding = " ".join(page.get_by_test_id("stMain").get_by_role("heading", level=2).first.inner_text().split())
    name, file = taken(page, "Brief (PDF, Letter)")
    assert name == f"{NAME}.pdf"
    pages = PdfReader(BytesIO(file)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert finding in text
    assert "By population band" in text
    assert round(float(pages[0].mediabox.width)) == 612
    name, file = taken(page, "Brief (PowerPoint)")
    assert name == f"{NAME}.pptx"
    assert " ".join(Presentation(BytesIO(file)).slides[0].shapes.title.text.split()) == finding
