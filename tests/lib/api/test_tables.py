"""What the addresses give: the same rows as the export, page by page, part by part, once and again."""

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from lib.exports.formats import PLAIN, whole
from lib.exports.gather import gather
from lib.exports.request import TITLES, Request
from lib.queries.choices import read_choices
from lib.queries.figures import cohort_size
from lib.queries.standards import read_standard
from lib.selection import Selection
from lib.viewer import RESEARCHER
from lib.warehouse import open_current
from tests.lib.api.conftest import client

V1 = "/api/v1"


def exported(database: Path, request: Request, form: str, **params: str) -> bytes:
    """The file as the export writes it."""
    warehouse = open_current(database)
    choices = read_choices(warehouse)
    selection = Selection.from_params(params, choices)
    standard = read_standard(warehouse, selection.standard)
    about = {"warehouse": warehouse, "selection": selection, "choices": choices, "standard": standard}
    return whole(PLAIN[form], gather(request, **about, cities=cohort_size(warehouse, selection)[0]))


@pytest.mark.parametrize("form", PLAIN)
def test_the_bytes_are_those_of_the_export(
    whole: TestClient, demo_database: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lib.api.ready.ROWS", 100)  # several cuts also here
    given = whole.get(f"{V1}/responses.{form}", params={"cycle": "2024", "country": "Brazil"})
    assert given.status_code == 200
    assert given.content == exported(demo_database, Request(), form, cycle="2024", country="Brazil")
    assert given.headers["content-type"] == PLAIN[form].media_type


@pytest.mark.parametrize("table", TITLES)
def test_every_table_reads_back_the_same_in_every_format(api: TestClient, table: str) -> None:
    content = {form: api.get(f"{V1}/{table}.{form}").content for form in PLAIN}
    rows = pd.read_csv(io.BytesIO(content["csv"]), dtype=str)
    assert len(rows)
    assert len(pl.read_parquet(content["parquet"])) == len(rows)
    assert pa.ipc.open_file(content["arrow"]).read_all().num_rows == len(rows)
    assert len(json.loads(content["json"])) == len(rows) == len(content["jsonl"].splitlines())
    assert set(json.loads(content["json"])[0]) == set(rows.columns)
    assert content["csv-excel"] == b"\xef\xbb\xbf" + content["csv"]


def test_the_research_view_has_no_name(whole: TestClient, demo_database: Path, as_role: Callable[[str], None]) -> None:
    names = {row["city"] for row in whole.get(f"{V1}/cities.json").json()}
    assert len(names) > 20
    as_role(RESEARCHER)
    research = client(demo_database)
    for table in TITLES:
        text = research.get(f"{V1}/{table}.csv").text
        assert [name for name in names if name in text] == []


def test_pages_by_cursor_are_the_whole(api: TestClient) -> None:
    rows = api.get(f"{V1}/responses.jsonl").text.splitlines()
    pages, address = [], f"{V1}/responses.jsonl?limit=1000"
    while address:
        given = api.get(address)
        pages += given.text.splitlines()
        address = given.links.get("next", {}).get("url", "")
        assert given.headers["x-rows-total"] == str(len(rows))
    assert pages == rows


def test_some_columns_in_the_table_s_order(api: TestClient) -> None:
    given = api.get(f"{V1}/responses.csv?columns=status,city_id&limit=2")
    assert given.text.splitlines()[0] == '"city_id","status"'


def test_a_wide_table_has_a_row_per_city(api: TestClient) -> None:
    wide = pd.read_csv(io.BytesIO(api.get(f"{V1}/responses.csv?shape=wide").content))
    assert wide["city_id"].is_unique
    assert {"DM1", "DM2"} <= set(wide.columns)


def test_unchanged_bytes_are_not_sent_again(api: TestClient) -> None:
    first = api.get(f"{V1}/city_scores.csv")
    tag = first.headers["etag"]
    again = api.get(f"{V1}/city_scores.csv", headers={"if-none-match": f'"x", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert api.get(f"{V1}/city_scores.csv", headers={"if-none-match": '"x"'}).status_code == 200
    others = ["?cycle=2024", "?columns=city_id", "?limit=3", "?stage=Self-reported"]
    tags = [api.get(f"{V1}/city_scores.csv{other}").headers["etag"] for other in others]
    tags += [api.get(f"{V1}/{path}").headers["etag"] for path in ("city_scores.json", "area_scores.csv")]
    assert len({tag, *tags}) == 7


def test_who_may_see_more_gets_another_tag(
    whole: TestClient, demo_database: Path, as_role: Callable[[str], None]
) -> None:
    tag = whole.get(f"{V1}/city_scores.csv").headers["etag"]
    as_role(RESEARCHER)
    assert client(demo_database).get(f"{V1}/city_scores.csv").headers["etag"] != tag


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=0-99", 0, 100), ("bytes=500-", 500, None), ("bytes=-8", -8, None)]
)
def test_a_part_of_the_bytes(api: TestClient, asked: str, first: int, last: int | None) -> None:
    content = api.get(f"{V1}/responses.parquet").content
    part = api.get(f"{V1}/responses.parquet", headers={"range": asked})
    assert part.status_code == 206
    assert part.content == content[first:last]
    begin = first % len(content)
    assert part.headers["content-range"] == f"bytes {begin}-{begin + len(part.content) - 1}/{len(content)}"


@pytest.mark.parametrize("asked", ["bytes=9-1", "lines=1-2", "bytes=a-b", "bytes=-", "bytes=0-1,5-9"])
def test_an_odd_range_is_as_if_not_asked(api: TestClient, asked: str) -> None:
    given = api.get(f"{V1}/city_scores.csv", headers={"range": asked})
    assert given.status_code == (416 if asked == "bytes=9-1" else 200)


def test_a_range_of_other_bytes_gives_all(api: TestClient) -> None:
    given = api.get(f"{V1}/city_scores.csv", headers={"range": "bytes=0-9", "if-range": '"other"'})
    assert given.status_code == 200
    beyond = api.get(f"{V1}/city_scores.csv", headers={"range": "bytes=999999999-"})
    assert beyond.status_code == 416
    assert beyond.headers["content-range"].startswith("bytes */")


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_compressed_where_taken(api: TestClient, encoding: str) -> None:
    plain = api.get(f"{V1}/responses.csv")
    with api.stream("GET", f"{V1}/responses.csv", headers={"accept-encoding": encoding}) as small:
        packed = b"".join(small.iter_raw())
    assert small.headers["content-encoding"] == encoding
    assert small.headers["etag"] != plain.headers["etag"]
    assert len(packed) < len(plain.content) / 5
    stream = pa.CompressedInputStream(pa.BufferReader(packed), encoding)
    assert (gzip.decompress(packed) if encoding == "gzip" else stream.read()) == plain.content


def test_head_says_how_much_there_is(api: TestClient) -> None:
    head, got = (api.request(method, f"{V1}/responses.parquet") for method in ("HEAD", "GET"))
    assert head.content == b""
    assert int(head.headers["content-length"]) == len(got.content)
    assert head.headers["etag"] == got.headers["etag"]


def test_the_document_is_openapi(api: TestClient) -> None:
    document = api.get(f"{V1}/openapi.json").json()
    validate(document)
    assert document["openapi"] == "3.1.0"
    named = {parameter["name"] for parameter in document["paths"]["/{table}.{form}"]["parameters"]}
    assert {"cycle", "country", "columns", "cursor"} <= named
    long, path = "x" * 9_000, "/{table}.{form}"
    for headers, query in (({"range": "bytes=0-9"}, ""), ({"if-none-match": "*"}, ""), ({}, f"?country={long}")):
        for method in ("get", "head"):
            given = api.request(method, f"{V1}/cities.csv{query}", headers=headers)
            described = document["paths"][path][method]["responses"][str(given.status_code)].get("content", {})
            assert not given.content or given.headers["content-type"].partition(";")[0] in described


def test_the_list_describes_every_column(api: TestClient) -> None:
    listed = api.get(V1).json()
    assert [table["name"] for table in listed["tables"]] == list(TITLES)
    for table in listed["tables"]:
        columns = pd.read_csv(io.BytesIO(api.get(table["addresses"]["csv"] + "?limit=0").content)).columns
        assert [column["name"] for column in table["columns"]] == list(columns)
        assert all(column["description"] for column in table["columns"])


def test_the_page_has_no_script_and_its_links_work(api: TestClient) -> None:
    page = api.get("/api")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "<script" not in page.text
    assert "Demonstration data." in page.text
    assert "This is the research view." in page.text
    links = set(pd.Series(page.text).str.extractall(r'href="(/api/[^"]+)"')[0])
    assert len(links) == len(TITLES) * len(PLAIN) + 2
    assert all(api.request("HEAD", link).status_code == 200 for link in links if "parquet" in link or "openapi" in link)


def test_any_page_of_any_host_may_read(api: TestClient) -> None:
    given = api.get(f"{V1}/city_scores.csv", headers={"origin": "https://notebook.example"})
    assert given.headers["access-control-allow-origin"] == "*"
    assert "ETag" in given.headers["access-control-expose-headers"]
    asks = {"origin": "https://n.example", "access-control-request-method": "GET"}
    asks["access-control-request-headers"] = "range"
    assert api.options(f"{V1}/city_scores.csv", headers=asks).status_code == 200
    asks["access-control-request-method"] = "DELETE"
    assert api.options(f"{V1}/city_scores.csv", headers=asks).status_code == 400
