"""A real Chromium against a real server. Without a Chromium on the machine these tests are skipped, with the reason."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

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


@pytest.fixture(scope="session")
def free() -> defaultdict[str, list[Page]]:
    """Options of a browser context → pages of such contexts that no test uses; they end with the browser."""
    return defaultdict(list)


@pytest.fixture
def new_page(
    chromium: Browser, free: defaultdict[str, list[Page]], request: pytest.FixtureRequest
) -> Iterator[NewPage]:
    """A function: options of a browser context → a page. Fails the test on console errors and on calls to elsewhere.

    A page goes from test to test with the scripts that its browser has compiled, which takes longest, and with nothing
    else. A test that listens or stands in between closes its page, and the next one gets another; so it does after a
    test that failed.
    """
    used: list[tuple[Page, str]] = []
    faults: list[str] = []

    def make(**options: object) -> Page:
        asked = {"viewport": {"width": 1280, "height": 900}} | options
        page = free[str(asked)].pop() if free[str(asked)] else chromium.new_context(**asked).new_page()
        page.set_default_timeout(PATIENCE)
        used.append((page, str(asked)))
        page.emulate_media(color_scheme=asked.get("color_scheme", "light"))
        for event, hear in listeners.items():
            page.on(event, hear)
        return page

    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: faults.extend(_complaint(message)),
        "pageerror": lambda fault: faults.append(f"uncaught: {fault}"),
        "request": lambda request: faults.extend(_outside(request.url)),
    }
    failed = request.session.testsfailed
    yield make
    for page, asked in used:
        if page.is_closed() or faults or request.session.testsfailed > failed:
            page.context.close()
            continue
        _forget(page)
        for event, hear in listeners.items():
            page.remove_listener(event, hear)
        free[asked].append(page)
    assert not faults


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page of a desktop browser in light colours."""
    return new_page(color_scheme="light")


def _forget(page: Page) -> None:
    """Leave nothing of a test: what is stored, opened, emulated or pointed at."""
    for other in page.context.pages:
        if other != page:
            other.close()
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.context.clear_cookies()
    page.mouse.move(0, 0)
    page.goto("about:blank")


def _complaint(message: ConsoleMessage) -> list[str]:
    """Errors only. On a deep link Streamlit looks for its server below the page's own address first, as designed."""
    place = message.location.get("url", "")
    looking = "/_stcore/" in place and not place.split("://")[-1].partition("/")[2].startswith("_stcore")
    return [] if message.type != "error" or looking else [f"console: {message.text} ({place})"]


def _outside(url: str) -> list[str]:
    return (
        [] if url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")) else [f"outside call: {url}"]
    )
