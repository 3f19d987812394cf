"""Rows from the middle of a table: read from the cities that they belong to, and the same as those of the whole."""

from pathlib import Path

import pytest

from lib.exports.request import Request
from lib.queries import extract
from lib.warehouse import Warehouse
from tests.lib.exports.conftest import ask

FAR = 10**9


@pytest.mark.parametrize(
    ("offset", "limit"),
    [(0, 1), (0, 43), (42, 2), (100, 700), (129, None), (0, FAR), (FAR, 5), (5, 0), (FAR, None)],
)
def test_rows_from_the_middle_are_those_of_the_whole(
    demo_database: Path, monkeypatch: pytest.MonkeyPatch, offset: int, limit: int | None
) -> None:
    asked = ask(demo_database, {})
    rows = asked.gather().rows
    monkeypatch.setattr(extract, "FIRST", 3)
    monkeypatch.setattr(extract, "BLOCK", 4)
    some = asked.request(Request(limit=limit, offset=offset))
    assert some.rows.equals(rows.slice(offset, limit))
    assert dict(some.receipt.facts)["rows"] == f"{rows.num_rows:,}"


def test_no_more_is_read_than_was_asked_for(demo_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deep in a long table a page of it costs what the first one does."""
    seen: list[int] = []
    arrow = Warehouse.arrow
    monkeypatch.setattr(
        Warehouse, "arrow", lambda self, *args: seen.append((table := arrow(self, *args)).num_rows) or table
    )
    asked = ask(demo_database, {})
    export = asked.request(Request(limit=50, offset=1000))
    seen.clear()
    assert export.rows.num_rows == 50
    assert seen == [50]
