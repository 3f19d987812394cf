"""Streamlit's own files and ours, compressed once and kept: left alone, a first visit costs 7 MB.

Each file is known by name before a request comes, so a request's path is only ever looked up, never opened.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from lib.ui import plot

ICON_URL = "/assets/icon.svg"
ICON_FILE = Path(__file__).parent / "icon.svg"
_TEXT = {".js", ".css", ".json", ".svg", ".map", ".html"}
_WORTH_IT = 1024
"""Bytes; under this, compression costs more than it saves."""
_FOR_A_YEAR = "public, max-age=31536000, immutable"
_FOR_A_DAY = "public, max-age=86400"


@dataclass(frozen=True, slots=True)
class Body:
    """One way of sending a file: its bytes, the encoding they are in ("" = as they are), and its entity tag."""

    content: bytes
    encoding: str
    tag: str


class Assets:
    """Answers for the files it knows, compressed where the browser takes it; everything else passes through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.files = _files()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        file = self.files.get(scope["path"]) if scope["type"] == "http" else None
        headers = Headers(scope=scope) if file else None
        if file is None or headers is None or "range" in headers or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        body = await to_thread.run_sync(body_of, file, takes_gzip(headers))
        lasting = _FOR_A_DAY if scope["path"] == ICON_URL else _FOR_A_YEAR
        await answer(body, headers, _media_type(file), lasting)(scope, receive, send)


def answer(body: Body, headers: Headers, media_type: str, lasting: str) -> Response:
    """The response for a body, or 304 without one when the browser has these very bytes."""
    about = {"ETag": body.tag, "Vary": "Accept-Encoding", "Cache-Control": lasting}
    if _has_it(headers.get("if-none-match", ""), body.tag):
        return Response(status_code=304, headers=about)
    if body.encoding:
        about["Content-Encoding"] = body.encoding
    return Response(body.content, headers=about, media_type=media_type)


def takes_gzip(headers: Headers) -> bool:
    """Whether the browser accepts gzip (`gzip;q=0` and a missing header mean no)."""
    offers = [offer.replace(" ", "").split(";") for offer in headers.get("accept-encoding", "").casefold().split(",")]
    return any(offer[0] in ("gzip", "*") and offer[1:] not in (["q=0"], ["q=0.0"]) for offer in offers)


@cache
def body_of(file: Path, compressed: bool) -> Body:
    """The bytes of a file, made once."""
    return encoded(file.read_bytes(), compressed)


def encoded(content: bytes, compressed: bool) -> Body:
    """Content as it is sent. The tag differs with the encoding, as caches need."""
    tag = hashlib.sha256(content).hexdigest()[:20]
    if compressed and len(content) >= _WORTH_IT:
        return Body(gzip.compress(content, 9, mtime=0), "gzip", f'"{tag}-gzip"')
    return Body(content, "", f'"{tag}"')


def _files() -> dict[str, Path]:
    """Every file we compress by its address: Streamlit's hashed bundles, the chart component's scripts, our icon."""
    root = Path(file_util.get_static_dir())
    bundles = (path for path in (root / "static").rglob("*") if path.suffix in _TEXT)
    return {
        **{f"/{path.relative_to(root).as_posix()}": path for path in bundles},
        **plot.assets(),
        ICON_URL: ICON_FILE,
    }


def _has_it(asked: str, tag: str) -> bool:
    return tag in (known.strip().removeprefix("W/") for known in asked.split(","))


def _media_type(file: Path) -> str:
    kind = {".js": "text/javascript", ".map": "application/json"}.get(file.suffix) or mimetypes.guess_type(file.name)[0]
    return kind or "application/octet-stream"
