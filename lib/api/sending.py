"""An answer as HTTP: unchanged, whole while it is still being written, or a part of it."""

import asyncio
import re
from collections.abc import Callable, Coroutine
from functools import partial
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from lib.api.problems import Problem
from lib.api.ready import Ready
from lib.api.spool import Spool
from lib.api.spooled import Spooled
from lib.api.tags import names

TOLD = (
    "ETag",
    "Link",
    "Retry-After",
    "X-Rows-Total",
    "X-Data-Version",
    "Content-Disposition",
    "Content-Range",
    "Accept-Ranges",
)
"""The headers that a script on another host's page may read."""
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


async def unless_gone(work: Coroutine[None, None, Response], receive: Receive) -> Response | None:
    """What the work comes to; None, and the work is given up, where the client goes away before. Raises Problem."""
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        working.cancel()
        leaving.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def sent(ready: Ready, request: Request, spool: Spool) -> Response:
    """The response: 200, 206, 304. Raises Problem (416, 503)."""
    headers = ready.headers | {"ETag": ready.tag, "Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
    if names(request.headers.get("if-none-match", ""), ready.tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    # "identity" keeps Streamlit from compressing what has a tag of its own; lib.ui.headers takes the word out again.
    headers |= {"Accept-Ranges": "bytes", "Content-Encoding": ready.encoding or "identity"}
    spooled = spool.get(ready.tag, ready.pieces, heavy=ready.heavy)
    try:
        response = await _response(ready, request, spooled, headers)
    except BaseException:
        spool.let_go(spooled)
        raise
    response.done = partial(spool.let_go, spooled)
    return response


class Sending(StreamingResponse):
    """A body on its way; `done` is called when it has gone, or cannot go any further."""

    done: Callable[[], None] = staticmethod(lambda: None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.done()


async def _response(ready: Ready, request: Request, spooled: Spooled, headers: dict[str, str]) -> Sending:
    part = _part(request, ready.tag)
    if part or request.method == "HEAD":
        await spooled.all()
    else:
        await spooled.begun()
    if part:
        first, end = _within(*part, spooled.size)
        headers |= {"Content-Range": f"bytes {first}-{end - 1}/{spooled.size}", "Content-Length": str(end - first)}
        return Sending(spooled.pieces(first, end), HTTPStatus.PARTIAL_CONTENT, headers, ready.media_type)
    if spooled.done.is_set():
        headers["Content-Length"] = str(spooled.size)
    body = spooled.pieces(end=0 if request.method == "HEAD" else None)
    return Sending(body, HTTPStatus.OK, headers, ready.media_type)


def _part(request: Request, tag: str) -> tuple[str, str] | None:
    """The one part asked for. Malformed, more than one, or of other bytes: as if it were not asked for."""
    found = _RANGE.fullmatch(request.headers.get("range", "").replace(" ", ""))
    if not found or not any(found.groups()) or request.headers.get("if-range", tag) != tag:
        return None
    return found[1], found[2]


def _within(first: str, last: str, size: int) -> tuple[int, int]:
    """Where the part begins and ends (exclusive); `-500` is the last 500 bytes. Raises Problem (416)."""
    begin = int(first) if first else max(size - int(last), 0)
    end = min(int(last) + 1, size) if first and last else size
    if begin >= end:
        whole = {"Content-Range": f"bytes */{size}"}
        raise Problem(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, f"There are {size:,} bytes.", headers=whole)
    return begin, end
