"""The chart component in a real browser: by mouse, by keyboard, in both themes, on a phone."""

from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from lib import theme
from tests.browser.conftest import NewPage
from tests.browser.rest import at_rest, visited

pytestmark = pytest.mark.browser


def heatmap(page: Page, server: str, query: str = "") -> Locator:
    visited(page, f"{server}/heatmap{query}")
    expect(page.locator(".cohort-plot-ready").first).to_be_visible()
    return page.locator(".cohort-plot-figure").first


def colour(hexadecimal: str) -> str:
    return "rgb({}, {}, {})".format(*(int(hexadecimal[at : at + 2], 16) for at in (1, 3, 5)))


def label_colour(chart: Locator) -> str:
    fill: str = chart.locator(".y2tick text, .ytick text").first.evaluate("node => getComputedStyle(node).fill")
    return fill


def test_the_keyboard_walks_the_cells_hears_them_and_enters_one(page: Page, server: str) -> None:
    chart = heatmap(page, server)
    told = page.locator(".cohort-plot-live").first
    chart.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".cohort-plot-ring").first).to_be_visible()
    expect(told).to_contain_text("criteria met")
    expect(told).to_contain_text("median")
    first = told.text_content()
    page.keyboard.press("ArrowDown")
    expect(told).not_to_have_text(first or "")
    page.keyboard.press("Escape")
    expect(page.locator(".cohort-plot-ring").first).to_be_hidden()


def test_the_table_is_one_key_away(page: Page, server: str) -> None:
    chart = heatmap(page, server)
    chart.focus()
    assert "T: the same numbers as a table" in (chart.get_attribute("aria-description") or "")
    page.keyboard.press("t")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(page.get_by_role("radio", name="Table").or_(page.get_by_role("button", name="Table"))).to_be_focused()


def test_the_chart_has_a_name_and_says_so_once(page: Page, server: str) -> None:
    chart = heatmap(page, server)
    assert chart.get_attribute("role") == "img"
    assert len(chart.get_attribute("aria-label") or "") > 20


def test_a_changed_filter_updates_the_chart_in_place(page: Page, server: str) -> None:
    chart = heatmap(page, server, "?stage=Self-reported").element_handle()
    page.get_by_role("combobox", name="Country", exact=True).click()
    page.get_by_role("option", name="Brazil", exact=True).click()
    page.keyboard.press("Escape")
    page.wait_for_url("**country=Brazil**")
    expect(at_rest(page).locator(".cohort-plot-figure").first).to_be_visible()
    assert chart is not None
    assert chart.evaluate("node => node.isConnected")


def test_colours_follow_the_reader_without_a_reload(page: Page, server: str) -> None:
    chart = heatmap(page, server)
    assert label_colour(chart) == colour(theme.LIGHT.ink)
    page.emulate_media(color_scheme="dark")
    expect(chart.locator(".y2tick text").first).to_have_css("fill", colour(theme.DARK.ink))


def test_a_saved_picture_carries_its_finding_its_caption_and_the_mark_of_its_data(page: Page, server: str) -> None:
    heatmap(page, server)
    card = page.locator(".st-key-card-heatmap")
    finding, caption = card.get_by_role("heading"), card.get_by_test_id("stCaptionContainer").last
    for kind in ("PNG", "SVG"):
        card.get_by_role("button", name=kind, exact=True).focus()
        with page.expect_download() as saved:
            page.keyboard.press("Enter")
        assert saved.value.suggested_filename.endswith(f"demonstration-data.{kind.lower()}")
        content = saved.value.path().read_bytes()
        assert content.startswith(b"\x89PNG" if kind == "PNG" else b"<svg")
    words = " ".join(ElementTree.fromstring(content).itertext())  # noqa: S314 (made by our own page)
    for part in (finding.inner_text().split()[-1], caption.inner_text().split()[0], "Demonstration data", "data of"):
        assert part in words


def test_the_downloads_stand_in_a_row_beside_the_title(page: Page, new_page: NewPage, server: str) -> None:
    for reader in (page, new_page(viewport={"width": 390, "height": 844})):
        heatmap(reader, server)
        card = reader.locator(".st-key-card-heatmap")
        places = [card.get_by_role("button", name=kind).first.bounding_box() for kind in ("CSV", "PNG", "SVG")]
        (csv, png, svg) = (place for place in places if place)
        assert csv["x"] + csv["width"] <= png["x"] < svg["x"]
        assert abs(csv["y"] - png["y"]) < 8
        edge = card.bounding_box()
        assert edge and svg["x"] + svg["width"] <= edge["x"] + edge["width"]


def test_a_phone_shows_the_whole_grid(new_page: NewPage, server: str) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    chart = heatmap(page, server)
    box = chart.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    room = page.locator(".cohort-plot-room").first
    assert room.evaluate("node => node.scrollWidth - node.clientWidth") == 0
