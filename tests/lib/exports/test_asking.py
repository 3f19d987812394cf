"""What an address and the command line refuse: each parameter unknown, twice, empty, too long, of another kind."""

from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode

import pytest
from starlette.testclient import TestClient

from lib.access import open_for
from lib.exports.asking import RefusedError, understood
from lib.exports.request import KEYS
from lib.segments import MOST
from lib.selection import Choices, Selection
from lib.viewer import PROGRAMME, PUBLIC, RESEARCHER, Viewer
from lib.warehouse import Warehouse, open_current
from tests.lib.api.conftest import client
from tests.lib.exports.conftest import ask
from tests.lib.test_segments import NOT_UNDERSTOOD

GOOD = {
    "standard": "wwc-2022",
    "cycle": "2024",
    "stage": "Validated",
    "versus": "2023",
    "level": "Gold",
    "participation": "Returning",
    "country": "Brazil",
    "segment": "Ours~country.Brazil~country.Chile~level.Gold",
    "table": "criterion_rates",
    "shape": "long",
    "by": "country",
    "columns": "criterion_id,met",
    "limit": "3",
    "offset": "1",
}
SEVERAL = ("level", "participation", "country", "columns")
HOSTILE = ("", " ", "nonsense", "\x00", "x" * 5000, "1e9", "-1", "' or 1=1 --", "{value},{value}", "{value} ", "%F0")
SEGMENTS = (
    *NOT_UNDERSTOOD,
    "Name~city.nobody-has-this-id",
    "A~country.Brazil~~a~country.Chile",
    "A~country.Brazil~~",
    "A~country.Brazil~~B~country.Atlantis",
    "~~".join(f"S{number}~country.Brazil" for number in range(MOST + 1)),
)


def refused(warehouse: Warehouse, query: str) -> RefusedError:
    with pytest.raises(RefusedError) as told:
        understood(warehouse, parse_qs(query, keep_blank_values=True), KEYS)
    assert str(told.value).endswith(".")
    assert len(str(told.value)) < 300
    return told.value


def test_nothing_that_is_asked_for_is_passed_over(demo_database: Path) -> None:
    warehouse = open_current(demo_database)
    asked = understood(warehouse, {key: [value] for key, value in GOOD.items()}, KEYS)
    assert (asked.request.by, asked.request.limit, len(asked.selection.segments)) == ("country", 3, 1)
    for key, value in GOOD.items():
        for text in HOSTILE:
            fault = refused(warehouse, urlencode({**GOOD, key: text.replace("{value}", value)}))
            assert fault.fault.key == key, (key, text)
            assert fault.fault.allowed, (key, text)
        if key not in SEVERAL:
            assert refused(warehouse, f"{urlencode(GOOD)}&{urlencode({key: value})}").fault.key == key
        assert refused(warehouse, urlencode({**GOOD, key.upper(): value})).fault.key == key.upper()
    for text in SEGMENTS:
        fault = refused(warehouse, f"segment={quote(text)}")
        assert (fault.fault.key, fault.fault.value) == ("segment", text)
        assert "country.Brazil" in fault.fault.allowed
    assert refused(warehouse, "table=responses&by=country").fault.key == "by"


def test_groups_are_refused_where_they_could_not_be_kept_apart(demo_database: Path) -> None:
    research, public = (open_for(Viewer(role), demo_database) for role in (RESEARCHER, PUBLIC))
    assert understood(research, {"table": ["criterion_rates"], "by": ["country"]}, KEYS).request.by == "country"
    told = refused(research, "table=criterion_rates&by=level&level=Gold")
    assert "leave out the filters" in str(told)
    assert "rates of all together only" in str(refused(public, "table=criterion_rates&by=level"))


def test_an_address_says_so_with_400_and_what_there_is(demo_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lib.api.routes.outsider", lambda: Viewer(PROGRAMME))
    api: TestClient = client(demo_database)
    choices: Choices = ask(demo_database, {}).choices
    assert Selection.from_params({"segment": SEGMENTS[0]}, choices).segments == ()  # as a page takes it
    for key, text in [("segment", text) for text in SEGMENTS] + [
        ("shape", "long,wide"),
        ("shape", ""),
        ("columns", ""),
    ]:
        answer = api.get("/api/v1/responses.csv", params={key: text})
        told = answer.json()
        assert (answer.status_code, told["parameter"], bool(told["allowed"])) == (400, key, True), text
    rows = api.get("/api/v1/criterion_rates.csv?by=level&columns=group_name,criterion_id&limit=4")
    assert rows.text.splitlines()[1:] == [f'"{level}","DM1"' for level in ("No level", "Silver", "Gold", "Platinum")]
    assert rows.headers["x-rows-total"] == str(43 * 4)
    assert "criterion_rates-by-level" in rows.headers["content-disposition"]
    assert "by=level" in rows.headers["link"]
    assert set(api.get("/api/v1").json()["parameters"]["by"]) >= {"country", "level", "participation"}
    assert "<code>by</code>" in api.get("/api").text
