"""What a reader relies on in every page: the choices stay, the link says it all, Reset leads back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.rest import at_rest, visited
from tests.browser.server import serving

pytestmark = pytest.mark.browser

PAGES = [
    *("", "heatmap", "criteria", "change", "near", "workshops", "next_step", "city", "gaps", "road", "compare"),
    *("certified", "intake", "export", "query", "method"),
]


def sentence(page: Page) -> str:
    return page.locator(".st-key-selection [role=status]").inner_text()


def says(page: Page, *words: str) -> None:
    for word in words:
        expect(page.locator(".st-key-selection [role=status]")).to_contain_text(word)


def pick(page: Page, label: str, option: str) -> None:
    at_rest(page)
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")


def turn_to(page: Page, title: str) -> None:
    page.get_by_test_id("stHeader").get_by_role("link", name=title).click()
    expect(page).to_have_title(f"{title} – Maturity dashboard")
    at_rest(page)


def test_a_deep_link_opens_its_page_with_its_filters_on_a_cold_server(
    new_page: NewPage, demo_database: Path, tmp_path: Path
) -> None:
    with serving(demo_database, tmp_path / "log.txt") as cold:
        page = new_page()
        visited(page, f"{cold}/criteria?country=Brazil&cycle=2024&stage=Self-reported&versus=Nothing")
        says(page, "2024 cycle", "self-reported", "Brazil")
        assert "compared with" not in sentence(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Criteria")
        expect(page).to_have_title("Criteria – Maturity dashboard")
        assert "country=Brazil" in page.url
        page.context.close()  # before its server goes, or it would complain


def test_the_first_click_counts_and_survives_page_changes_and_reload(page: Page, server: str) -> None:
    visited(page, server)
    everyone = sentence(page)
    pick(page, "Country", "Brazil")
    says(page, "Brazil")
    brazil = sentence(page)
    assert brazil != everyone
    for title, path in (("Criteria", "/criteria"), ("Maturity heatmap", "/heatmap"), ("Overview", "/")):
        turn_to(page, title)
        page.wait_for_url(f"{server}{path}?country=Brazil")
        says(page, brazil)
    page.reload()
    says(page, brazil)
    expect(page.get_by_test_id("stSidebar").get_by_text("Brazil", exact=True)).to_be_visible()


def test_back_returns_to_the_page_before_as_it_was(page: Page, server: str) -> None:
    visited(page, f"{server}/?country=Brazil")
    says(page, "Brazil")
    turn_to(page, "Criteria")
    expect(page.get_by_role("heading", level=1)).to_have_text("Criteria")
    pick(page, "Country", "Chile")
    says(page, "Brazil or Chile")
    at_rest(page).go_back()
    expect(page).to_have_title("Overview – Maturity dashboard")
    expect(page.locator(".st-key-selection [role=status]")).not_to_contain_text("Chile")
    says(page, "Brazil")


def test_reset_leads_back_to_everyone(page: Page, server: str) -> None:
    visited(page, server)
    says(page, "cycle")
    everyone = sentence(page)
    expect(page.get_by_role("button", name="Reset")).to_have_count(0)
    visited(page, f"{server}/criteria?country=Brazil&level=Gold&participation=Returning&cycle=2024&stage=Self-reported")
    says(page, "2024 cycle", "Gold")
    page.get_by_role("button", name="Reset").click()
    says(page, everyone)
    page.wait_for_url(f"{server}/criteria")
    page.reload()
    says(page, everyone)


def test_a_nonsense_link_shows_everyone(page: Page, server: str) -> None:
    page.goto(f"{server}/?cycle=1999&country=Atlantis&stage=x&versus=%00&level=%3Cscript%3E&participation=-1")
    says(page, "2025 cycle", "validated", "compared with 2024")


@pytest.mark.parametrize(
    "look",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    ],
    ids=["light", "dark phone"],
)
def test_every_page_draws_without_complaint(new_page: NewPage, server: str, look: dict[str, object]) -> None:
    page = new_page(**look)  # one reader for all pages, whose browser loads the scripts once
    for path in PAGES:
        visited(page, f"{server}/{path}")
        says(page, "2025 cycle")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text("This page could not be shown")).to_have_count(0)
        expect(page.locator("footer.about")).to_contain_text("What Works Cities")
        expect(page.get_by_role("note")).to_contain_text("Demonstration data")
        width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1], f"{path} scrolls sideways"


def test_key_figures_of_cycles_with_long_names_stay_on_a_phone(new_page: NewPage, server: str) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    visited(page, server)
    cards = page.locator("ul.key-figures li")
    expect(cards.first).to_be_visible()
    page.locator(".key-figures .change").evaluate_all(
        "all => all.forEach(change => change.textContent = '▲ +12 points since the self-assessment of autumn 2024')"
    )
    assert all(box["x"] + box["width"] <= 390 for box in (card.bounding_box() for card in cards.all()) if box)
