"""A reader makes two segments, compares them on several pages, and passes them on in a link."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.rest import at_rest, visited
from tests.browser.test_frame import says, turn_to

pytestmark = pytest.mark.browser


def dialog(page: Page, button: str) -> Locator:
    at_rest(page).get_by_role("button", name=button).click()
    opened = page.get_by_role("dialog")
    expect(opened).to_be_visible()
    at_rest(page)
    return opened


def saved(page: Page, opened: Locator, name: str) -> None:
    opened.get_by_label("Name").fill(name)
    opened.get_by_label("Name").press("Enter")
    opened.get_by_role("button", name="Save", exact=True).click()
    expect(opened).to_be_hidden()
    expect(page.locator(".segments")).to_contain_text(name)


def test_two_segments_are_saved_compared_and_passed_on(page: Page, new_page: NewPage, server: str) -> None:
    visited(page, f"{server}/?country=Brazil")
    says(page, "Brazil")
    saved(page, dialog(page, "Save as segment"), "Ours <b>")
    page.wait_for_url("**segment=Ours*country.Brazil")
    assert "country=" not in page.url
    opened = dialog(page, "New segment")
    opened.get_by_role("combobox").click()
    page.get_by_role("option").nth(1).click()  # the first is "Select all"
    page.keyboard.press("Escape")
    saved(page, opened, "Picked")
    rows = page.locator(".segments tbody tr")
    expect(rows).to_have_count(2)
    numbers = rows.nth(0).inner_text()
    turn_to(page, "Criteria")
    page.wait_for_url("**/criteria?segment=Ours*Picked*city.*")
    expect(rows.nth(0)).to_have_text(numbers.replace("\t", ""), use_inner_text=False)
    friend = new_page()
    visited(friend, page.url)
    expect(friend.locator(".segments tbody tr")).to_have_count(2)
    friend.get_by_role("button", name="Take out").first.click()
    expect(friend.locator(".segments tbody tr")).to_have_count(1)
    friend.wait_for_url("**/criteria?segment=Picked*")


def test_a_narrow_screen_scrolls_the_comparison_and_nothing_else(new_page: NewPage, server: str) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    visited(page, f"{server}/?segment=Brazil~country.Brazil")
    expect(page.locator(".segments tbody tr")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".segments").evaluate("node => node.scrollWidth > node.clientWidth")
