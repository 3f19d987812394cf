"""When a page is at rest: nothing is on its way to it, everything is drawn, and what stands somewhere stays there."""

from playwright.sync_api import Page

FRAMES = 5
"""That many in a row show the same layout."""

# The server says that its script ended up to a second before the last chart is drawn, and charts push what is below
# them down. Streamlit shows a skeleton for each part whose script has not come yet.
_REST = """frames => {
    const all = (selector) => [...document.querySelectorAll(selector)].filter((node) => node.checkVisibility());
    const app = document.querySelector('[data-testid=stApp]')?.dataset;
    const whole = app?.testScriptState === 'notRunning' && app.testConnectionState === 'CONNECTED'
        && document.fonts.status === 'loaded' && !all('[data-testid=stSkeleton], [data-stale=true]').length
        && all('[data-testid=stBidiComponentRegular]').every((one) => one.querySelector('[role=img][aria-busy=false]'));
    const places = all('[data-testid=stElementContainer], [role=dialog]').map((node) => node.getBoundingClientRect());
    const layout = JSON.stringify(places);
    const before = window.layoutBefore;
    window.layoutBefore = { layout, frames: whole && before?.layout === layout ? before.frames + 1 : 0 };
    return window.layoutBefore.frames >= frames;
}"""


def at_rest(page: Page) -> Page:
    """The page, once it is whole.

    Right after a click nothing may have begun yet: first expect something that the click brings.
    """
    page.evaluate("delete window.layoutBefore")
    page.wait_for_function(_REST, arg=FRAMES)
    return page


def visited(page: Page, address: str) -> Page:
    """The page at that address, once it is whole."""
    page.goto(address)
    return at_rest(page)
