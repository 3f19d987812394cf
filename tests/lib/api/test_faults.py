"""What the addresses refuse: each in a sentence that names the parameter, never a path, never a traceback."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.testclient import TestClient

from lib.api.limits import CLIENTS, Buckets, client_of
from lib.api.problems import Problem
from lib.api.rules import Rules, rules
from tests.lib.api.conftest import client

V1 = "/api/v1"
TOLD = ("Traceback", "cohort/", "pytest-", "site-packages", ".duckdb", "Error:", "Exception", "duckdb.")


def problem(api: TestClient, path: str, **options: object) -> dict[str, object]:
    """What is said of a fault; nothing in it is ours to keep."""
    answer = api.get(path, **options)  # type: ignore[arg-type]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert not [word for word in TOLD if word in answer.text]
    return dict(told)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("cycle=2031", "cycle"),
        ("cycle=2024&cycle=2025", "cycle"),
        ("stage=Certified", "stage"),
        ("country=Atlantis", "country"),
        ("level=Bronze", "level"),
        ("participation=Never", "participation"),
        ("standard=other", "standard"),
        ("versus=1999", "versus"),
        ("colour=red", "colour"),
        ("table=responses", "table"),
        ("columns=nope", "columns"),
        ("columns=city_id,nope", "columns"),
        ("shape=round", "shape"),
        ("limit=-1", "limit"),
        ("limit=1e9", "limit"),
        ("limit=٣", "limit"),
        ("offset=x", "offset"),
        ("limit=1&limit=2", "limit"),
        ("cursor=x", "cursor"),
        ("cursor=LTEuYQ", "cursor"),
        ("cursor=MS5h&offset=3", "offset"),
        ("COUNTRY=Brazil", "COUNTRY"),
        ("country=", "country"),
    ],
)
def test_what_is_unknown_is_named_with_what_there_is(api: TestClient, query: str, parameter: str) -> None:
    told = problem(api, f"{V1}/responses.csv?{query}")
    assert (told["status"], told["parameter"]) == (400, parameter)
    if parameter in ("cycle", "country", "level", "columns", "colour", "shape"):
        assert told["allowed"]


def test_a_cursor_of_other_data_is_gone(api: TestClient) -> None:
    assert problem(api, f"{V1}/responses.csv?cursor=MS5h")["status"] == 410


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.csv",
        "/responses.exe",
        "/responses",
        "/responses.csv/",
        "/responses.csv/x",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd.csv",
        "/responses.csv%00",
        "/response.csv",
        "/publication.csv",
        "/RESPONSES.CSV",
        "/" + "a" * 5000 + ".csv",
        "/sources.json",
    ],
)
def test_there_is_nothing_else(api: TestClient, path: str) -> None:
    if path == "/responses.csv/":
        assert api.get(V1 + path).status_code == 200
    else:
        assert problem(api, V1 + path)["status"] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_reading_only(api: TestClient, method: str) -> None:
    answer = api.request(method, f"{V1}/responses.csv", content=b"x" * 1000)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_an_endless_address_is_refused(api: TestClient) -> None:
    assert problem(api, f"{V1}/responses.csv?country={'x' * 9000}")["status"] == 414
    assert problem(api, f"{V1}/responses.csv?{'&'.join(['country=Brazil'] * 300)}")["status"] == 400


HOSTILE = ("' or 1=1 --", "<script>", "../../etc/passwd", "\x00", "1e999", "🧭", "%s%n", "${x}", "\r\nSet-Cookie: a=b")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("key", ["cycle", "country", "columns", "limit", "cursor", "shape", "x"])
def test_hostile_values_are_values(api: TestClient, key: str, text: str) -> None:
    answer = api.get(f"{V1}/city_scores.csv", params={key: text})
    assert answer.status_code in (400, 410)
    assert "set-cookie" not in answer.headers
    assert not [word for word in TOLD if word in answer.text.replace(text, "")]


WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    path=st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    query=st.dictionaries(
        st.sampled_from(["cycle", "country", "columns", "limit", "offset", "cursor", "é"]), st.text()
    ),
    headers=st.dictionaries(
        st.sampled_from(["range", "if-none-match", "accept-encoding", "if-range", "x-forwarded-for", "host"]),
        st.text(st.characters(min_codepoint=32, max_codepoint=126)),
    ),
)
def test_whatever_is_sent_something_calm_comes_back(
    api: TestClient, path: str, query: dict[str, str], headers: dict[str, str]
) -> None:
    address = f"{V1}/city_scores.csv" if len(path) % 2 else f"{V1}/{quote(path, safe='/')}"
    answer = api.get(address, params=query, headers=headers)
    assert answer.status_code in (200, 206, 304, 400, 404, 410, 416)
    if answer.status_code >= 400:
        assert not [word for word in TOLD if word in answer.text]


def test_the_public_is_given_the_rates_of_all_together_and_nothing_else(
    demo_database: Path, as_role: Callable[[str], None]
) -> None:
    as_role("public")
    try:
        public = client(demo_database)
        assert [table["name"] for table in public.get(V1).json()["tables"]] == ["criterion_rates"]
        assert list(public.get(V1).json()["parameters"]) == ["standard", "cycle", "stage", "versus"]
        told = public.get(f"{V1}/openapi.json").json()["paths"]["/{table}.{form}"]["parameters"]
        assert not {"level", "participation", "country"} & {parameter["name"] for parameter in told}
        assert "responses" not in public.get("/api").text
        assert problem(public, f"{V1}/responses.csv")["status"] == 404
        for part in ("level=Gold", "participation=Returning", "country=Brazil"):
            assert problem(public, f"{V1}/criterion_rates.csv?{part}")["status"] == 400
        rows = public.get(f"{V1}/criterion_rates.csv?cycle=2023&stage=Validated").text.splitlines()
        assert len(rows) == 44
        assert sum(row.rstrip('"').endswith("suppressed") for row in rows) > 1, rows[:3]
    finally:
        as_role("researcher")


@pytest.mark.parametrize("content", [None, b"not a database"])
def test_no_database_is_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    database = tmp_path / "hidden.duckdb"
    if content:
        database.write_bytes(content)
    told = problem(client(database), f"{V1}/responses.csv")
    assert told["status"] == 503
    assert "hidden" not in str(told)


def test_too_many_requests_are_asked_to_wait(demo_database: Path) -> None:
    api = client(demo_database, Rules(a_minute=6, burst=3))
    assert [api.get(V1).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert 1 <= int(api.get(V1).headers["retry-after"]) <= 10


def test_a_bucket_fills_again_and_strangers_are_forgotten() -> None:
    now = [0.0]
    buckets = Buckets(2, 60, clock=lambda: now[0])
    buckets.take("a")
    buckets.take("a")
    with pytest.raises(Problem) as refused:
        buckets.take("a")
    assert refused.value.headers["Retry-After"] == "1"
    now[0] = 1.0
    buckets.take("a")
    for number in range(CLIENTS + 50):
        buckets.take(str(number))
    assert len(buckets._left) == CLIENTS


@pytest.mark.parametrize(
    ("host", "forwarded", "client_"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "nonsense", "unknown"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
    ],
)
def test_a_client_is_who_our_own_proxy_saw(host: str, forwarded: str, client_: str) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    request = Request({"type": "http", "client": (host, 1), "headers": headers})
    assert client_of(request, ("10.0.0.1",)) == client_


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Rules()),
        ("[api]\nrequests_a_minute = 7\nrequests_at_once = 2\nproxies = ['10.0.0.1']", Rules(7, 2, ("10.0.0.1",))),
        ("[api]\nrequests_a_minute = -1\nrequests_at_once = true\nproxies = 3", Rules()),
        ("api = 3", Rules()),
        ("[api", Rules()),
    ],
)
def test_rules_are_as_shipped_where_the_settings_are_odd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: Rules
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    monkeypatch.setattr("lib.api.rules.SETTINGS", file)
    assert rules() == expected
