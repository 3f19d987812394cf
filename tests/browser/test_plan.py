"""A plan for one city: tick and see the level change, choose an effort, follow it from page to page, reload."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lib.warehouse import open_current
from tests.browser.conftest import NewPage
from tests.browser.rest import at_rest, visited

pytestmark = pytest.mark.browser
_SHORT = """
select city_id, next_level
from city_score
where cycle = '2025' and stage = 'validated' and to_next between 2 and 4
order by all
"""


@pytest.fixture
def short(demo_database: Path) -> Iterator[tuple[str, str]]:
    """A city two to four criteria short of a level, and the level."""
    row = open_current(demo_database).fetch(_SHORT).iloc[0]
    yield str(row["city_id"]), str(row["next_level"])


def test_ticking_changes_the_level_and_the_link_repeats_it(
    page: Page, server: str, new_page: NewPage, short: tuple[str, str]
) -> None:
    city, level = short
    visited(page, f"{server}/road?city={city}")
    expect(page.get_by_role("heading", name=re.compile(f"short of {level}"))).to_be_visible()
    page.get_by_role("button", name=re.compile("Tick the shortest road")).click()
    expect(page.get_by_role("heading", name=re.compile(rf"^With \d more criteria .*: {level}"))).to_be_visible()
    page.wait_for_url(re.compile("ticks="))
    at_rest(page).get_by_role("checkbox", checked=True).first.uncheck(force=True)
    expect(page.get_by_role("heading", name=re.compile(f"1 short of {level}"))).to_be_visible()
    said = at_rest(page).get_by_role("heading", name=re.compile("^With")).text_content()
    again = new_page()
    again.goto(page.url)
    expect(again.get_by_role("heading", name=str(said))).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name=str(said))).to_be_visible()


def test_several_ticks_in_a_row_all_count(page: Page, server: str, short: tuple[str, str]) -> None:
    visited(page, f"{server}/road?city={short[0]}")
    boxes = page.locator("[class*='st-key-box-'] label[data-testid='stWidgetLabel'], [class*='st-key-box-'] label")
    expect(boxes.first).to_be_visible()
    for place in range(3):
        boxes.nth(place).click()
    expect(page.get_by_role("heading", name=re.compile("^With 3 more criteria"))).to_be_visible()
    page.wait_for_url(re.compile(r"ticks=\w+\.\w+\.\w+"))


def test_an_effort_travels_with_the_city(page: Page, server: str, short: tuple[str, str]) -> None:
    visited(page, f"{server}/gaps?city={short[0]}&peers=all")
    sheet = page.locator("[class*='st-key-sheet-']").last
    expect(sheet).to_be_visible()
    sheet.get_by_role("radio", name="1").or_(sheet.get_by_role("button", name="1", exact=True)).first.click()
    page.wait_for_url(re.compile("effort="))
    at_rest(page).get_by_role("link", name="Next level").last.click()
    page.wait_for_url(f"{server}/road?*city={short[0]}*")
    page.wait_for_url("**peers=all*")
    expect(page.get_by_text(re.compile(r"\(least effort\)"))).to_be_visible()
    at_rest(page).get_by_role("link", name="Compare").last.click()
    page.wait_for_url(f"{server}/compare?*effort=*")
    expect(page.get_by_role("heading", name=re.compile("does not meet|meets whatever|same criteria"))).to_be_visible()


@pytest.mark.parametrize("name", ["gaps", "road", "compare"])
def test_a_phone_scrolls_down_and_never_sideways(
    new_page: NewPage, server: str, short: tuple[str, str], name: str
) -> None:
    phone = new_page(viewport={"width": 390, "height": 844})
    visited(phone, f"{server}/{name}?city={short[0]}")
    expect(phone.locator("footer.about")).to_be_visible()
    widths = "[document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth]"
    assert max(phone.evaluate(widths)) <= 390
