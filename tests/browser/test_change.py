"""The Change page in a browser: a band leads to its cities, a criterion to its page, and every stop speaks."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.rest import visited
from tests.browser.test_frame import says

pytestmark = pytest.mark.browser


def chart(page: Page, card: str) -> Locator:
    found = page.locator(f".st-key-card-{card} .cohort-plot-figure")
    expect(found.locator(".main-svg").first).to_be_visible()
    return found


def middle(band: Locator) -> tuple[float, float]:
    box = band.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_band_leads_to_the_cities_in_it(page: Page, server: str) -> None:
    visited(page, f"{server}/change?participation=Returning")
    says(page, "returning")
    ways = chart(page, "transitions")
    counts = ways.locator(".textpoint text")
    stayed = counts.filter(has_text=re.compile(r"^\d+$")).first
    number = stayed.text_content()
    assert number
    stayed.scroll_into_view_if_needed()
    x, y = middle(stayed)
    page.mouse.click(x + 90, y)  # along the band, away from its number
    page.wait_for_url(re.compile(r"[?&]flow="))
    expect(page.locator(".st-key-card-flow").get_by_role("heading")).to_contain_text(f": {number} cit")
    says(page, "returning")
    page.reload()
    expect(page.locator(".st-key-card-flow").get_by_role("heading")).to_contain_text(f": {number} cit")


def test_the_keyboard_visits_each_band_once(page: Page, server: str) -> None:
    visited(page, f"{server}/change")
    ways = chart(page, "transitions")
    ways.focus()
    live = page.locator(".st-key-card-transitions .cohort-plot-live")
    heard: list[str] = []
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        expect(live).not_to_have_text(heard[-1] if heard else "")
        heard.append(live.text_content() or "")
    assert len(set(heard)) == 4
    assert all(re.search(r"\d+ (city|cities)", words) for words in heard)


def test_a_criterion_leads_to_its_page(page: Page, server: str) -> None:
    visited(page, f"{server}/change?cycle=2024")
    says(page, "2024 cycle")
    bars = chart(page, "gains")
    bars.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".st-key-card-gains .cohort-plot-live")).to_contain_text("McNemar")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server}/criteria?*criterion=*")
    says(page, "2024 cycle")


def test_the_table_of_levels_is_the_picture_in_numbers(page: Page, server: str) -> None:
    visited(page, f"{server}/change")
    card = page.locator(".st-key-card-transitions")
    chart(page, "transitions")
    card.get_by_text("Table", exact=True).click()
    expect(card.get_by_test_id("stDataFrame")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_every_picture_within_its_width(new_page: NewPage, server: str, scheme: str) -> None:
    page = new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    visited(page, f"{server}/change")
    for card in ("parts", "transitions", "gains", "movers"):
        box = chart(page, card).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_overview_leads_here_and_keeps_the_selection(page: Page, server: str) -> None:
    visited(page, f"{server}/?cycle=2024")
    says(page, "2024 cycle")
    page.get_by_role("link", name="What is behind this change").click()
    page.wait_for_url(f"{server}/change*")
    expect(page.get_by_role("heading", name="Change", exact=True)).to_be_visible()
    says(page, "2024 cycle")
