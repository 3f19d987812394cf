"""Whole journeys: from the heatmap down to a city, a file that equals the screen, a new publication while reading."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Download, Locator, Page, expect

from pipelines.demo import build
from tests.browser.conftest import NewPage
from tests.browser.rest import at_rest, visited
from tests.browser.server import serving
from tests.browser.test_frame import pick, says, sentence, turn_to
from tests.conftest import opened

pytestmark = pytest.mark.browser


def label(chart: Locator, axis: str, place: int) -> tuple[float, float]:
    """The middle of an axis' label, counted in the order of the page."""
    box = chart.locator(f".{axis}tick text").nth(place).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def choose_cell(page: Page, chart: Locator, column: int, row: int) -> None:
    """Click where a column's heading and a row's label meet."""
    (x, _), (_, y) = label(chart, "x2", column), label(chart, "y2", row)
    page.mouse.click(x, y)


def saved(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_a_click_leads_from_the_heatmap_to_an_area_and_on_to_a_city(page: Page, server: str) -> None:
    visited(page, f"{server}/heatmap?participation=Returning")
    says(page, "returning")
    chart = page.get_by_role("img", name="practice areas in columns")
    expect(chart.locator(".x2tick text")).to_have_count(8)
    choose_cell(page, chart, 2, 3)
    page.wait_for_url(f"{server}/heatmap?participation=Returning&area=*")
    chart = page.get_by_role("img", name="criteria in columns")
    expect(chart).to_be_visible()
    at_rest(page)
    name = chart.locator(".y2tick text").nth(1).text_content()
    choose_cell(page, chart, 1, 1)
    page.wait_for_url(f"{server}/city?*")
    expect(page.get_by_role("heading", name=name).first).to_be_visible()
    says(page, "returning")
    assert "participation=Returning" in page.url
    page.reload()
    expect(page.get_by_role("heading", name=name).first).to_be_visible()
    says(page, "returning")


def test_the_table_beside_a_chart_and_its_file_are_the_same_numbers(page: Page, server: str) -> None:
    visited(page, f"{server}/heatmap?country=Brazil&cycle=2024")
    says(page, "Brazil", "2024")
    card = page.locator(".st-key-card-heatmap")
    with page.expect_download() as download:
        card.get_by_role("button", name="CSV", exact=True).click()
    assert download.value.suggested_filename == "maturity-heatmap-2024-validated-demonstration-data.csv"
    rows = list(csv.reader(io.StringIO(saved(download.value).decode("utf-8-sig"))))
    cities = int(sentence(page).split()[0])
    assert len(rows) == 1 + 1 + cities  # the heading, the cohort, its cities
    card.get_by_text("Table", exact=True).click()
    expect(card.get_by_test_id("stDataFrame")).to_be_visible()
    at_rest(page)
    with page.expect_download() as again:
        card.get_by_role("button", name="CSV", exact=True).click()
    assert saved(again.value) == saved(download.value)


def test_an_exported_file_opens_and_equals_the_selection(page: Page, server: str, demo_database: Path) -> None:
    visited(page, f"{server}/export?country=Brazil&country=Chile&cycle=2024&stage=Self-reported&format=parquet")
    says(page, "Brazil or Chile", "2024", "self-reported")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as Parquet").click()
    with duckdb.connect() as reader:
        given = reader.execute(
            "select city_id, criterion_id, status from read_parquet(?) order by all", [str(download.value.path())]
        ).fetchall()
    with opened(demo_database) as reader:
        asked = reader.execute(
            """select city_id, criterion_id, status from response
            where cycle = '2024' and stage = 'self_reported' and city_id in (
                select city_id from city_attribute where attribute_id = 'country' and value in ('Brazil', 'Chile'))"""
        ).fetchall()
    assert asked
    assert sorted(given) == sorted(asked)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    database = tmp_path / "cohort.duckdb"
    build(database, cities=20, cycles=2, seed=1)
    return database


@pytest.fixture
def reading(published: Path, tmp_path: Path, new_page: NewPage) -> Iterator[Page]:
    """A page open on `published`."""
    with serving(published, tmp_path / "log.txt") as address:
        page = new_page()
        visited(page, address)
        yield page
        page.context.close()  # before its server goes, or it would complain


def test_a_new_publication_is_read_without_a_restart_or_a_reload(published: Path, reading: Page) -> None:
    says(reading, "2025 cycle")
    before = sentence(reading)
    build(published, cities=40, cycles=3, seed=2)
    turn_to(reading, "Criteria")
    expect(reading.get_by_text(before)).to_have_count(0)
    pick(reading, "Cycle", "2023")
    says(reading, "2023 cycle")
