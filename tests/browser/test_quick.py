"""A reader who is quicker than the answer: what the server says is held back while the reader chooses on."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.rest import at_rest, visited
from tests.browser.test_frame import pick, says

pytestmark = pytest.mark.browser


class SlowLine:
    """The line between a page and its server, on which the server's words can be held back; none is lost."""

    def __init__(self, page: Page) -> None:
        self.page, self.held, self.holding = page, [], False
        page.route_web_socket("**/_stcore/stream", self._connected)

    def _connected(self, browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()
        server.on_message(lambda message: self._said(browser, message))

    def _said(self, browser: WebSocketRoute, message: str | bytes) -> None:
        if self.holding:
            self.held.append((browser, message))
        else:
            browser.send(message)

    def _wait_for_all(self) -> None:
        """The answers arrive here and are kept, until no more come."""
        for _ in range(100):
            known = len(self.held)
            self.page.wait_for_timeout(300)
            if 0 < known == len(self.held):
                return
        raise AssertionError("Nothing was said, or it did not end.")

    @contextmanager
    def held_back(self) -> Iterator[None]:
        """The browser hears nothing within; afterwards all of it at once, in order."""
        self.holding = True
        yield
        self._wait_for_all()
        self.holding = False
        while self.held:
            browser, message = self.held.pop(0)
            browser.send(message)


@pytest.fixture
def slow(page: Page) -> Iterator[SlowLine]:
    """The line of `page`."""
    yield SlowLine(page)
    page.close()


def asks(page: Page, **wanted: str | None) -> None:
    """The address asks for this as soon as everything has been said, and then still."""

    def wanted_of(address: str) -> bool:
        query = parse_qs(urlsplit(address).query)
        return all(query.get(key) == (None if value is None else [value]) for key, value in wanted.items())

    page.wait_for_url(wanted_of)
    assert wanted_of(at_rest(page).url)


def test_two_choices_of_a_page_in_one_moment(page: Page, server: str, slow: SlowLine) -> None:
    visited(page, f"{server}/workshops?workshops=1")
    with slow.held_back():
        pick(page, "What does a workshop teach?", "A practice area each")
        for _ in range(3):
            page.get_by_role("slider").press("ArrowLeft")
    asks(page, workshops="1", view="areas", success="70")
    expect(page.get_by_role("combobox", name="What does a workshop teach?")).to_have_value("A practice area each")


def test_a_choice_of_the_page_then_one_of_the_sidebar(page: Page, server: str, slow: SlowLine) -> None:
    visited(page, f"{server}/workshops")
    with slow.held_back():
        pick(page, "What does a workshop teach?", "A practice area each")
        pick(page, "Cycle to compare with", "Nothing")
    asks(page, view="areas", versus="Nothing")


def test_a_choice_of_the_sidebar_then_one_of_the_page(page: Page, server: str, slow: SlowLine) -> None:
    visited(page, f"{server}/workshops")
    with slow.held_back():
        pick(page, "Country", "Brazil")
        pick(page, "What does a workshop teach?", "A practice area each")
        pick(page, "Cycle to compare with", "Nothing")
    asks(page, view="areas", versus="Nothing", country="Brazil")
    says(page, "Brazil")


def test_reset_then_a_filter(page: Page, server: str, slow: SlowLine) -> None:
    visited(page, f"{server}/workshops?versus=Nothing&country=Chile&view=areas")
    with slow.held_back():
        page.get_by_role("button", name="Reset").click()
        pick(page, "What for?", "Most criteria met")
    asks(page, versus=None, country=None, view="areas", aim="criteria")


def test_back_takes_a_choice_back(page: Page, server: str) -> None:
    visited(page, f"{server}/workshops")
    pick(page, "What does a workshop teach?", "A practice area each")
    page.wait_for_url("**/workshops?view=areas")
    at_rest(page).go_back()
    expect(page.get_by_role("combobox", name="What does a workshop teach?")).to_have_value("One criterion each")
    asks(page, view=None)
