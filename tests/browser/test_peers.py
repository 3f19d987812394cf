"""Peers in a real browser: one click changes the rule, a link repeats the same peers, what is finer is folded away."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.rest import at_rest, visited
from tests.browser.test_report import some_city

pytestmark = pytest.mark.browser


@pytest.fixture
def link(server: str, demo_database: Path) -> str:
    """The address of a city's page."""
    return f"{server}/city?city={some_city(demo_database)[0]}"


def told(page: Page) -> Locator:
    """The line that says who the peers are."""
    return page.get_by_text(re.compile(r"^\d+ peers[,:] ")).first


def test_one_click_and_the_link_repeats_the_same_peers(page: Page, link: str) -> None:
    visited(page, link)
    expect(told(page)).to_contain_text("same population band and region")
    page.get_by_role("radio", name="Same region, any size").click()
    page.wait_for_url("**peers=region*")
    expect(told(page)).to_contain_text(": same region.")
    finding = at_rest(page).get_by_role("heading", level=2).first.inner_text()
    page.goto(page.url)
    expect(told(page)).to_contain_text(": same region.")
    expect(page.get_by_role("heading", level=2).first).to_have_text(finding)


def test_finer_choices_wait_until_they_are_asked_for(page: Page, link: str) -> None:
    visited(page, link)
    expect(told(page)).to_be_visible()
    expect(page.get_by_text("Or pick them by hand")).to_have_count(0)
    page.get_by_role("button", name="Other peers").click()
    expect(page.get_by_text("Or pick them by hand")).to_be_visible()
    page.get_by_role("radiogroup", name="Country").get_by_text("Off").click()
    page.wait_for_url("**weigh=country.0*")


def test_peers_travel_to_the_gaps(page: Page, link: str) -> None:
    visited(page, link)
    page.get_by_role("radio", name="Same population band, anywhere").click()
    page.wait_for_url("**peers=size*")
    expect(told(page)).to_contain_text("anywhere")
    at_rest(page).get_by_test_id("stMain").get_by_role("link", name="Gaps").click()
    page.wait_for_url(re.compile(rf"/gaps\?.*{link.partition('?')[2]}"))
    page.wait_for_url("**peers=size*")
    expect(told(page)).to_contain_text("anywhere")


def test_a_click_before_the_page_is_whole_leaves_what_the_link_chose(page: Page, link: str) -> None:
    visited(page, link)
    name = page.get_by_role("heading", level=1).inner_text()
    page.goto(page.url)
    page.get_by_role("button", name="Other peers").click()
    expect(page.get_by_text("Or pick them by hand")).to_be_visible()
    expect(page.get_by_role("combobox", name="Whose page")).to_have_value(name)
    expect(page.get_by_role("radio", name="Cities of the same class")).to_be_checked()
