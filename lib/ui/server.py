"""The process around the pages: warm start, HTTP routes, middleware, and what a reader sees when a page fails."""

import gc
import importlib
import logging
import pkgutil
import secrets
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import BaseRoute, Route

import lib
from lib.api.routes import routes as data_routes
from lib.api.rules import rules
from lib.queries.ready import make_ready
from lib.ui.assets import Assets
from lib.ui.database import published
from lib.ui.headers import Headers
from lib.ui.index_page import IndexPage
from lib.ui.uploads import Uploads
from lib.warehouse import WarehouseError, WarehouseMissing, WarehouseUnreadable, open_current

UNREAD_MILLISECONDS = 120_000
LOOK_SECONDS = 1.0
log = logging.getLogger(__name__)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Do before the first reader what Streamlit would otherwise do during every reader's click.

    Unfrozen, each rerun pays a full garbage collection of all that was imported (50 ms or more); with Nagle's
    algorithm on, each answer waits 40 ms for an acknowledgement. A browser test fails when either comes back. Streamlit
    collects garbage after every run, so within one the collector need not start at every 700th new object.
    """
    _import_everything()
    _send_at_once()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000)
    stop = threading.Event()
    threading.Thread(target=_keep_ready, args=(stop,), daemon=True).start()
    yield
    stop.set()


def routes() -> list[BaseRoute]:
    """Our own addresses beside Streamlit's."""
    return [Route("/api/health", _health), Route("/overview", _home), *data_routes(published, rules())]


def middleware() -> list[Middleware]:
    """Outermost first: headers on every answer, no files from just anybody, compressed files, then the start page."""
    return [Middleware(Headers), Middleware(Uploads), Middleware(Assets), Middleware(IndexPage)]


def on_script_error(fault: Exception) -> bool:
    """Give the reader a calm sentence with a reference number; the details go to the log only."""
    reference = secrets.token_hex(4)
    log.error("Page failed, reference %s", reference, exc_info=fault)
    st.error(
        "This page could not be shown. Nothing is lost: reload it, or choose Reset. If it happens again, "
        f"give the people who run this dashboard the reference **{reference}**.",
        icon=":material/error:",
    )
    return True


def _import_everything() -> None:
    """Import all of `lib`, and with it pandas, DuckDB and Plotly, except the script that Streamlit runs itself."""
    for module in pkgutil.walk_packages(lib.__path__, "lib."):
        if module.name != "lib.ui.frame":
            importlib.import_module(module.name)
    importlib.import_module("streamlit.emojis")  # which Streamlit leaves to the first notice that a reader is shown


def _keep_ready(stop: threading.Event) -> None:
    """Make each version ready soon after it is published. Only its name is held: an old version must close itself."""
    ready = ""
    while not stop.is_set():
        ready = _made_ready(ready)
        stop.wait(LOOK_SECONDS)


def _made_ready(before: str) -> str:
    """The version that is ready now. Readers are told what is wrong with one, and a page reads what is not ready."""
    try:
        warehouse = open_current(published())
    except WarehouseError:
        return before
    if warehouse.version != before:
        try:
            make_ready(warehouse)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the next version may be made ready
            log.warning("Not made ready: %s", type(fault).__name__)  # its words may quote what is in the database
    return warehouse.version


def _send_at_once() -> None:
    """Set TCP_NODELAY on the listening sockets; accepted connections inherit it.

    Also how long somebody may take nothing of what is sent to them before the kernel (Linux) ends the connection: else
    a client that never reads would keep an answer open for ever.
    """
    for thing in gc.get_objects():
        if isinstance(thing, socket.socket) and _is_listening(thing):
            thing.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if hasattr(socket, "TCP_USER_TIMEOUT"):
                thing.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_MILLISECONDS)


def _is_listening(candidate: socket.socket) -> bool:
    try:
        listening = candidate.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    except OSError:  # closed, or not a network socket
        return False
    return bool(listening) and candidate.family in (socket.AF_INET, socket.AF_INET6)


async def _home(request: Request) -> RedirectResponse:
    """The first page has no address of its own in Streamlit, but readers write it like the others'."""
    return RedirectResponse(f"./?{request.url.query}" if request.url.query else "./")


async def _health(_request: Request) -> JSONResponse:
    """Which database is being served, or 503 with the reason; for monitoring, so it names no file."""
    try:
        warehouse = await to_thread.run_sync(open_current, published())
    except (WarehouseMissing, WarehouseUnreadable) as fault:
        log.warning("Health: %s", fault)
        answer = {"status": "unavailable", "reason": _reason(fault)}
        return JSONResponse(answer, status_code=503, headers={"Cache-Control": "no-store"})
    return JSONResponse({"status": "ok", "version": warehouse.version}, headers={"Cache-Control": "no-store"})


def _reason(fault: WarehouseMissing | WarehouseUnreadable) -> str:
    if isinstance(fault, WarehouseMissing):
        return "There is no published database yet."
    return "The published database cannot be read."
