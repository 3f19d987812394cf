"""The data addresses inside the real server, with its middleware around them."""

import io
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from tests.browser.server import serving
from tests.ui.test_server import ask

TABLE = "/api/v1/city_scores"


@pytest.fixture(scope="module")
def address(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(demo_database, tmp_path_factory.mktemp("routes") / "log.txt") as started:
        yield started


def test_one_line_works(address: str) -> None:
    rows = pd.read_csv(f"{address}{TABLE}.csv?cycle=2025")
    assert len(rows) == len(pl.read_parquet(f"{address}{TABLE}.parquet?cycle=2025")) > 10


def test_streamlit_compresses_nothing_that_has_a_tag_of_its_own(address: str) -> None:
    plain, offered = ask(address, f"{TABLE}.parquet"), ask(address, f"{TABLE}.parquet", accept_encoding="gzip")
    assert "content-encoding" not in offered.headers
    assert plain.body == offered.body
    assert plain.headers["etag"] == offered.headers["etag"]
    assert ask(address, f"{TABLE}.csv", accept_encoding="gzip").headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/api", "/api/v1", f"{TABLE}.csv", "/api/v1/nothing"])
def test_security_headers_are_on_every_answer(address: str, path: str) -> None:
    headers = ask(address, path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_the_page_is_ours_and_stricter_than_the_others(address: str) -> None:
    page = ask(address, "/api")
    assert b"Data addresses" in page.body
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")


def test_head_sends_no_body(address: str) -> None:
    head = ask(address, f"{TABLE}.csv", method="HEAD")
    assert head.body == b""
    assert int(head.headers["content-length"]) == len(ask(address, f"{TABLE}.csv").body)
    assert len(pd.read_csv(io.BytesIO(ask(address, f"{TABLE}.csv").body))) > 10
