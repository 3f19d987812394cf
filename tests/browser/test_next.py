"""From who is nearly there to the city and the criterion, a plan that follows its choices, and back by the URL."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.rest import at_rest, visited
from tests.browser.test_frame import pick, says

pytestmark = pytest.mark.browser


def test_a_dot_leads_to_the_city_and_keeps_the_selection(page: Page, server: str) -> None:
    visited(page, f"{server}/near?participation=Returning&near=5")
    says(page, "returning")
    chart = page.get_by_role("img", name="close to the next level, in rows")
    point = chart.locator(".point").first
    expect(point).to_be_visible()
    box = point.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(f"{server}/city?*city=*")
    page.wait_for_url("**participation=Returning*")  # the frame adds it when the page is there
    says(page, "returning")


def test_a_tile_leads_to_its_city_and_to_a_criterion_in_its_way(page: Page, server: str) -> None:
    visited(page, f"{server}/near?near=5&country=Brazil&country=Chile&country=Mexico")
    says(page, "Brazil")
    tile = page.locator("[class*='st-key-tile-']").first
    name = tile.get_by_role("link").first.text_content()
    tile.get_by_role("link").nth(1).click()
    page.wait_for_url(f"{server}/criteria?*criterion=*")
    says(page, "Brazil")
    page.go_back()
    expect(page).to_have_title("Nearly there – Maturity dashboard")
    at_rest(page)
    tile.get_by_role("link").first.click()
    page.wait_for_url(f"{server}/city?*city=*")
    expect(page.get_by_role("heading", name=str(name)).first).to_be_visible()


def test_the_plan_follows_its_choices_and_the_link_repeats_it(page: Page, server: str, new_page: NewPage) -> None:
    visited(page, f"{server}/workshops")
    finding = page.get_by_role("heading", name=re.compile("could move"))
    expect(finding).to_be_visible()
    pick(page, "How many can you run?", "1 workshop")
    expect(page.get_by_role("heading", name=re.compile("A workshop on .* could move"))).to_be_visible()
    pick(page, "What does a workshop teach?", "A practice area each")
    page.wait_for_url(re.compile("view=areas"))
    slider = at_rest(page).get_by_role("slider")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowLeft")
    expect(page.get_by_role("heading", name=re.compile("would on average move"))).to_be_visible()
    page.wait_for_url(re.compile("success=60"))
    expect(page.get_by_text("with a chance of 60 %").first).to_be_visible()  # the address is there before the plan is
    assert "workshops=1" in page.url
    assert "view=areas" in page.url
    said = at_rest(page).get_by_role("heading", name=re.compile("would on average move")).text_content()
    again = new_page()
    again.goto(page.url)
    expect(again.get_by_role("heading", name=str(said))).to_be_visible()


def test_a_starting_point_has_its_own_address(page: Page, server: str) -> None:
    visited(page, f"{server}/next_step")
    expect(page.get_by_role("heading", name=re.compile("most often met"))).to_be_visible()
    pick(page, "Starting from", "Silver")
    expect(page.get_by_role("heading", name=re.compile("Starting from Silver"))).to_be_visible()
    page.wait_for_url(re.compile("view=1"))


@pytest.mark.parametrize("name", ["near", "workshops", "next_step"])
def test_a_phone_scrolls_down_and_never_sideways(new_page: NewPage, server: str, name: str) -> None:
    phone = new_page(viewport={"width": 390, "height": 844})
    visited(phone, f"{server}/{name}")
    expect(phone.locator("footer.about")).to_be_visible()
    widths = "[document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth]"
    assert max(phone.evaluate(widths)) <= 390
