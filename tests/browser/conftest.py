"""A real Chromium against a real server. Without a Chromium on the machine these tests are skipped, with the reason."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.server import serving

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 30_000  # milliseconds; a busy machine is slow, a broken page stays broken

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser per worker."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"No Chromium: none of {', '.join(NAMES)} is on the path.")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard on the demo cohort, one per worker."""
    with serving(demo_database, tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[NewPage]:
    """A function: options of a browser context → a page. Fails the test on console errors and on calls to elsewhere."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(**options: object) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.extend(_complaint(message)))
        page.on("pageerror", lambda fault: faults.append(f"uncaught: {fault}"))
        page.on("request", lambda request: faults.extend(_outside(request.url)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page of a desktop browser in light colours."""
    return new_page(color_scheme="light")


def _complaint(message: ConsoleMessage) -> list[str]:
    """Errors only. On a deep link Streamlit looks for its server below the page's own address first, as designed."""
    place = message.location.get("url", "")
    looking = "/_stcore/" in place and not place.split("://")[-1].partition("/")[2].startswith("_stcore")
    return [] if message.type != "error" or looking else [f"console: {message.text} ({place})"]


def _outside(url: str) -> list[str]:
    return (
        [] if url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")) else [f"outside call: {url}"]
    )
