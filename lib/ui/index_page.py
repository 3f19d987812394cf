"""The page that starts the application in the browser: Streamlit's, under our name, with an early Plotly."""

import base64
import hashlib
import re
from functools import cache
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from lib.ui.assets import ICON_URL, answer, encoded, takes_gzip
from lib.ui.plot import MODULE_URL, SCRIPT_URL
from lib.ui.style import style

TITLE = "Maturity dashboard"
_NO_SCRIPT = "<noscript><p>This dashboard needs JavaScript.</p></noscript>"
_EARLY = f'<script async src="{SCRIPT_URL}"></script><link rel="modulepreload" href="{MODULE_URL}" />'
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class IndexPage:
    """Sends our version of Streamlit's start page wherever Streamlit would send its own (every page's address)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on and keep Streamlit's start page back."""
        ours = scope["type"] == "http" and scope["path"] == "/api"  # a page of its own
        if ours or scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        theirs: list[Message] = []

        async def hold_start_page(message: Message) -> None:
            if theirs or _is_start_page(message):
                theirs.append(message)
            else:
                await send(message)

        await self.app(scope, receive, hold_start_page)
        if theirs:
            headers = Headers(scope=scope)
            body = encoded(start_page(), takes_gzip(headers))
            await answer(body, headers, "text/html", "no-cache")(scope, receive, send)


@cache
def start_page() -> bytes:
    """Streamlit's start page with our title, icon, rules of style and no-script text; the charts' scripts load while
    Streamlit starts. Rules that come with a page's first script move what stands there already.

    Raises LookupError when a Streamlit release has changed the page under us (a test reads it).
    """
    page = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    page = _replace(r"<title>.*?</title>", f"<title>{TITLE}</title>", page)
    page = _replace(
        r'<link rel="shortcut icon"[^>]*>', f'<link rel="icon" type="image/svg+xml" href="{ICON_URL}" />', page
    )
    page = _replace(r'<link rel="service-desc"[^>]*>', _EARLY, page)
    page = _replace(r"<noscript>.*?</noscript>", _NO_SCRIPT, page)
    page = _replace("</body>", f"{style()}</body>", page)  # after Streamlit's own rules, which stand in the head
    return page.encode()


def inline_script_hashes() -> list[str]:
    """The start page's inline scripts as Content-Security-Policy sources, so that no other inline script runs."""
    scripts = _INLINE_SCRIPT.findall(start_page().decode())
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def _replace(pattern: str, ours: str, page: str) -> str:
    page, found = re.subn(pattern, lambda _: ours, page, count=1, flags=re.DOTALL)
    if not found:
        raise LookupError(f"Streamlit's start page has no {pattern}")
    return page


def _is_start_page(message: Message) -> bool:
    if message["type"] != "http.response.start" or message["status"] != HTTPStatus.OK:
        return False
    headers = MutableHeaders(scope=message)  # a page of HTML that a reader downloads is not the start page
    return headers.get("content-type", "").startswith("text/html") and "content-disposition" not in headers
