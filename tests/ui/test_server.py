"""The process around the pages, asked over HTTP as a browser, a monitor or a stranger would ask it."""

import asyncio
import gc
import gzip
import http.client
import json
import re
import socket
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
import streamlit as st
from streamlit import file_util

from lib.ui import plot, server
from lib.ui.assets import ICON_URL
from tests.browser.server import serving


class Answer(NamedTuple):
    """A response, its header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@pytest.fixture(scope="module")
def address(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(demo_database, tmp_path_factory.mktemp("server") / "log.txt") as started:
        yield started


def ask(address: str, path: str, method: str = "GET", **headers: str) -> Answer:
    with closing(http.client.HTTPConnection(address.removeprefix("http://"), timeout=20)) as connection:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())


def bundle() -> str:
    """The address of Streamlit's main script, as its start page names it."""
    page = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    return re.findall(r'src="\.(/static/js/index[^"]+)"', page)[0]


@pytest.mark.parametrize(
    "path", ["/", "/heatmap", "/api/health", plot.SCRIPT_URL, "/_stcore/health", "/media/none", "/static/none"]
)
def test_every_answer_carries_the_security_headers(address: str, path: str) -> None:
    headers = ask(address, path).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert not re.search(r"'unsafe-inline'|'unsafe-eval'|https?:|\*", policy["script-src"])
    assert not re.search(r"https?:|\*", headers["content-security-policy"])
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_health_names_the_published_version_and_no_file(address: str) -> None:
    answer = ask(address, "/api/health")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert set(json.loads(answer.body)) == {"status", "version"}
    assert b"/" not in answer.body


@pytest.mark.parametrize("content", [None, b"this is not a database"])
def test_health_says_503_in_a_sentence_when_there_is_nothing_to_serve(tmp_path: Path, content: bytes | None) -> None:
    database = tmp_path / "secret-place.duckdb"
    if content is not None:
        database.write_bytes(content)
    with serving(database, tmp_path / "log.txt") as address:
        answer = ask(address, "/api/health")
    assert answer.status == 503
    assert json.loads(answer.body)["reason"].endswith(".")
    assert b"secret-place" not in answer.body
    assert str(tmp_path).encode() not in answer.body


@pytest.mark.parametrize("path", [plot.SCRIPT_URL, plot.MODULE_URL, "bundle"])
def test_scripts_are_compressed_once_and_kept_for_a_year(address: str, path: str) -> None:
    path = bundle() if path == "bundle" else path
    plain, small = ask(address, path), ask(address, path, accept_encoding="gzip, deflate, br")
    assert small.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(small.body) == plain.body
    assert len(small.body) < len(plain.body) / 2
    for answer in (plain, small):
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"].startswith("text/javascript")
    assert plain.headers["etag"] != small.headers["etag"]


def test_a_browser_that_has_the_bytes_gets_304_and_one_that_has_others_gets_them(address: str) -> None:
    small = ask(address, bundle(), accept_encoding="gzip")
    again = ask(address, bundle(), accept_encoding="gzip", if_none_match=small.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == small.headers["etag"]
    assert again.headers["vary"] == "Accept-Encoding"
    assert ask(address, bundle(), if_none_match=small.headers["etag"]).status == 200
    assert ask(address, bundle(), accept_encoding="gzip;q=0").headers.get("content-encoding") is None


def test_a_head_request_has_the_headers_only(address: str) -> None:
    answer = ask(address, bundle(), method="HEAD", accept_encoding="gzip")
    assert answer.body == b""
    assert int(answer.headers["content-length"]) == len(ask(address, bundle(), accept_encoding="gzip").body)


@pytest.mark.parametrize("path", ["/", "/heatmap", "/heatmap?country=Brazil"])
def test_the_start_page_is_ours_on_every_address(address: str, path: str) -> None:
    answer = ask(address, path)
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-cache"
    page = answer.body.decode()
    assert "<title>Maturity dashboard</title>" in page
    assert ICON_URL in page
    assert plot.SCRIPT_URL in page
    assert "_stcore/agent" not in page
    assert ask(address, path, if_none_match=answer.headers["etag"]).status == 304


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "//_stcore/metrics", "/_stcore/%6detrics"])
def test_metrics_are_for_this_machine_only(address: str, path: str) -> None:
    assert ask(address, "/_stcore/metrics").status == 200
    assert b"# TYPE" not in ask(address, path, x_forwarded_for="203.0.113.9").body
    assert ask(address, path, x_forwarded_for="203.0.113.9").status in (400, 404)


def test_the_lifespan_sets_the_floor() -> None:
    async def listen() -> tuple[int, int, int]:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            async with server.lifespan(st.App("frame.py")):
                options = (socket.TCP_NODELAY, socket.TCP_USER_TIMEOUT)
                undelayed, unread = (listening.getsockopt(socket.IPPROTO_TCP, option) for option in options)
                return undelayed, unread, gc.get_freeze_count()

    try:
        with ThreadPoolExecutor(1) as thread:  # of its own: Playwright keeps a loop running in this one
            undelayed, unread, frozen = thread.submit(lambda: asyncio.run(listen())).result()
    finally:
        gc.unfreeze()
    assert undelayed
    assert unread == server.UNREAD_MILLISECONDS
    assert frozen > 50_000


def test_the_first_page_has_an_address_like_the_others(address: str) -> None:
    moved = ask(address, "/overview?country=Brazil&segment=A~country.Chile")
    assert (moved.status, moved.headers["location"]) == (307, "./?country=Brazil&segment=A~country.Chile")
    assert ask(address, "/overview").headers["location"] == "./"
