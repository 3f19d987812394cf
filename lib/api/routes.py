"""Tables over HTTP: /api/v1 and below, and the page about them. Reads only, and only what `[api] role` may know."""

import logging
import re
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar

import duckdb
from anyio import CapacityLimiter, to_thread
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from lib.access import open_for
from lib.api.described import listed
from lib.api.limits import Buckets, client_of
from lib.api.openapi import openapi
from lib.api.page import page
from lib.api.problems import Problem
from lib.api.ready import ready
from lib.api.rules import Rules
from lib.api.sending import TOLD, sent, unless_gone
from lib.api.spool import Spool
from lib.pages_first import give_way
from lib.viewer import outsider
from lib.warehouse import Warehouse, WarehouseError

LONGEST_QUERY = 8_000
READ = ("GET", "HEAD")
WORKERS = 2
_PATIENCE = 0.1  # seconds that a question waits for pages
_TABLE = re.compile(r"([a-z_]{1,60})\.([a-z-]{1,20})")
_FAULT = "The data cannot be read just now."
log = logging.getLogger(__name__)
T = TypeVar("T")


class Api:
    """Answers everything below /api/v1, and /api. `published` tells where the published database is."""

    def __init__(self, published: Callable[[], Path], rules: Rules) -> None:
        self._published, self._rules = published, rules
        self._buckets = Buckets(rules.burst, rules.a_minute)
        self._spool = Spool()
        self._thinking: CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            response = await unless_gone(self._answer(Request(scope, receive)), receive)
        except Problem as problem:
            response = problem.response()
        if response:
            await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        """Raises Problem."""
        if request.method not in READ:
            allow = {"Allow": ", ".join((*READ, "OPTIONS"))}
            raise Problem(HTTPStatus.METHOD_NOT_ALLOWED, "These addresses are for reading only.", headers=allow)
        if len(request.scope["query_string"]) > LONGEST_QUERY:
            raise Problem(HTTPStatus.REQUEST_URI_TOO_LONG, f"An address may ask with {LONGEST_QUERY:,} characters.")
        self._buckets.take(client_of(request, self._rules.proxies))
        below = request.scope["path"].removeprefix("/api").removeprefix("/v1").strip("/")
        if request.scope["path"].rstrip("/") == "/api":
            return await self._think(lambda: page(self._warehouse(), base_of(request)))
        if below in ("", "openapi.json"):
            told = openapi if below else listed
            return JSONResponse(
                await self._think(lambda: told(self._warehouse())), headers={"Cache-Control": "no-cache"}
            )
        return await self._table(request, below)

    async def _table(self, request: Request, below: str) -> Response:
        named = _TABLE.fullmatch(below)
        if not named:
            raise Problem(HTTPStatus.NOT_FOUND, "There is nothing at this address; /api/v1 lists what there is.")
        given: dict[str, list[str]] = {}
        for key, text in request.query_params.multi_items():
            given.setdefault(key, []).append(text)
        made = partial(ready, table=named[1], form=named[2], given=given, headers=request.headers)
        return await sent(await self._think(lambda: made(self._warehouse())), request, self._spool)

    def _warehouse(self) -> Warehouse:
        """What outsiders may know. Raises WarehouseError."""
        return open_for(outsider(), self._published())

    async def _think(self, work: Callable[[], T]) -> T:
        """Do it on a thread of ours, so that many who ask at once leave Streamlit's threads alone. Raises Problem."""
        self._thinking = self._thinking or CapacityLimiter(WORKERS)

        def after_pages() -> T:
            give_way(_PATIENCE)
            return work()

        try:
            return await to_thread.run_sync(after_pages, limiter=self._thinking)
        except WarehouseError as fault:
            log.warning("Data routes: %s", type(fault).__name__)
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, _FAULT, headers={"Retry-After": "60"}) from fault
        except duckdb.Error as fault:
            log.exception("Data routes: a question failed")
            raise Problem(HTTPStatus.INTERNAL_SERVER_ERROR, _FAULT) from fault


def routes(published: Callable[[], Path], rules: Rules) -> list[BaseRoute]:
    """The addresses of the data, readable from any page of any host."""
    open_to_all: ASGIApp = CORSMiddleware(
        Api(published, rules),
        allow_origins=["*"],
        allow_methods=list(READ),
        allow_headers=["Range", "If-None-Match", "If-Range"],
        expose_headers=list(TOLD),
        max_age=86_400,
    )
    return [Route("/api", open_to_all), Route("/api/v1", open_to_all), Mount("/api/v1", open_to_all)]


def base_of(request: Request) -> str:
    """The address that the examples begin with: what the reader's own browser called."""
    return f"{request.url.scheme}://{request.url.netloc}"
