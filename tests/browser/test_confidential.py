"""What really leaves the server for a city, a researcher and the public: every frame and every answer is searched."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, WebSocket, expect

from lib.access import PAGES_FOR
from lib.viewer import CITY, PUBLIC, RESEARCHER
from tests.access.conftest import Hidden, hidden_from, quiet_city
from tests.browser.rest import visited
from tests.browser.server import ROOT, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = {path.stem for path in (ROOT / "pages").glob("*.py")}
ROUTES = (
    "api/health",
    "api",
    "api/v1",
    "api/v1/openapi.json",
    "api/v1/responses.csv",
    "api/v1/city_scores.json",
    "api/v1/cities.csv",
    "api/v1/criterion_rates.csv",
    "api/v1/nothing.csv",
)


class Wire:
    """Everything that came over the wire while somebody looked."""

    def __init__(self, page: Page) -> None:
        self.heard: list[bytes] = []
        page.on("websocket", self._listen)
        page.on("response", self._read)

    def _listen(self, socket: WebSocket) -> None:
        socket.on(
            "framereceived", lambda frame: self.heard.append(frame if isinstance(frame, bytes) else frame.encode())
        )

    def _read(self, response: Response) -> None:
        if "/static/" not in response.url and response.status == 200:
            self.heard.append(response.url.encode() + b"\n" + response.body())

    @property
    def text(self) -> str:
        return b"\n".join(self.heard).decode("utf-8", errors="replace")


@pytest.fixture
def own(demo_database: Path) -> str:
    return quiet_city(demo_database)


@pytest.fixture(params=[CITY, RESEARCHER, PUBLIC])
def role(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, own: str) -> Iterator[str]:
    monkeypatch.setenv("COHORT_VIEWER", request.param)
    monkeypatch.setenv("COHORT_CITIES", own)
    yield request.param


def test_nothing_that_leaves_the_server_names_anybody_hidden(
    page: Page, demo_database: Path, tmp_path: Path, role: str, own: str
) -> None:
    hidden = hidden_from(demo_database, *([own] if role == CITY else []))
    wire, log = Wire(page), tmp_path / "log.txt"
    with serving(demo_database, log) as address:
        for name in (name for name in PAGES_FOR[role] if name in PAGES):
            look_at(page, address, name)
            download_everything(page, wire)
        for name in ("heatmap", "intake", "near") if role != RESEARCHER else ("intake", "near", "city"):
            visited(page, f"{address}/{name}")
            expect(page.get_by_text("is not among the pages that you may open")).to_be_visible()
            expect(page.locator("h1")).to_have_count(0)
        routes = "\n".join(fetched(f"{address}/{route}") for route in ROUTES)
        page.close()  # before its server goes, which it would look for
    assert len(wire.text) > 10_000
    assert hidden.found_in(wire.text) == []
    assert hidden.found_in(routes) == []
    assert hidden.found_in(log.read_text()) == []


def test_the_programme_would_not_pass_that_search(page: Page, demo_database: Path, server: str) -> None:
    """The ear hears names in frames: those of the heatmap, drawn for the programme."""
    wire = Wire(page)
    look_at(page, server, "heatmap")
    page.close()  # with its ear
    assert len(found(hidden_from(demo_database), wire)) > 20


def found(hidden: Hidden, wire: Wire) -> list[str]:
    return hidden.found_in(wire.text)


def look_at(page: Page, address: str, name: str) -> None:
    visited(page, f"{address}/{'' if name == 'overview' else name}")
    expect(page.get_by_text("Seen as: ")).to_be_visible()


def download_everything(page: Page, wire: Wire) -> None:
    """Click every button that downloads something at once, and read the file."""
    for button in page.get_by_test_id("stDownloadButton").get_by_role("button").all()[:4]:
        if button.is_visible() and button.is_enabled():
            with page.expect_download() as download:
                button.click()
            wire.heard.append(Path(download.value.path()).read_bytes())


def fetched(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 (our own address)
            return str(answer.read().decode("utf-8", errors="replace"))
    except urllib.error.HTTPError as fault:
        return fault.read().decode("utf-8", errors="replace")
