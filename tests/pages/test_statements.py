"""The statement behind each card: there is one, the query window takes it, and it gives the numbers of the card."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lib.access import open_for
from lib.ui.card import Behind
from lib.viewer import CITY, PROGRAMME, PUBLIC, RESEARCHER, viewer
from lib.warehouse import Warehouse
from lib.window.statement import check
from tests.access.conftest import own, own_key
from tests.pages.conftest import Open

__all__ = ["own", "own_key"]
SEGMENT = {"segment": "US~country.United States"}
PAGES = (
    *((PROGRAMME, page, {}) for page in ("change", "near", "next_step", "intake", "certified", "method")),
    *((PROGRAMME, "criteria", {"view": view}) for view in ("rates", "difficulty", "groups", "claims", "together")),
    (PROGRAMME, "overview", {"split": "country", "columns": "families"}),
    (PROGRAMME, "criteria", {"split": "country", "country": ["Brazil", "United States"]}),
    (PROGRAMME, "heatmap", {"order": "pattern"} | SEGMENT),
    (PROGRAMME, "heatmap", {"area": "DM", "level": "No level"} | SEGMENT),
    (PROGRAMME, "workshops", {"success": "60"}),
    (PROGRAMME, "workshops", {"view": "areas", "aim": "criteria"}),
    (PROGRAMME, "city", {}),
    *((PROGRAMME, page, {"city": "own"}) for page in ("city", "gaps", "road", "compare", "next_step")),
    (PROGRAMME, "gaps", {"city": "own", "peers": "all"}),
    *((CITY, page, {}) for page in ("city", "gaps", "road", "compare")),
    *((RESEARCHER, page, {}) for page in ("overview", "change")),
    *((PUBLIC, page, {}) for page in ("rates", "certified")),
)
INTERVAL = ("95 % interval", "100 * low", "true")
SHARES = ("*", "100 * share", "true")
UP = ("Expected", "expected", "true")
MET = ("*", "met", "area_id <> 'total'")
# By card: a column of its table, or * for all but the first, and what of the statement's answer has to be its numbers.
FIGURES = {
    "levels": ("Cities", "cities", "true"),
    "areas": SHARES,
    "heatmap": ("*", "if(spread is null, met, 100 * share)", "share is not null"),
    "segments": SHARES,
    "change": ("Same cities, now", "100 * panel_now", "true"),
    "criteria-heatmap": ("*", "met", "status is null"),
    "rates": INTERVAL,
    "rates-by-cells": INTERVAL,
    "rates-by-dots": INTERVAL,
    "behind-met": ("Score", "score", "true"),
    "behind-not_met": ("Score", "score", "true"),
    "difficulty": ("Item-rest correlation", "r", "true"),
    "advice": ("Item-rest correlation", "r", "true"),
    "differences": ("Difference, points", "100 * difference", "true"),
    "claims": ("Gap, points", "100 * gap", "true"),
    "claimants": ("Said yes", "said", "true"),
    "together": ("Only the first", "only_first", "true"),
    "parts": ("Criteria", "value", "part <> 'standard'"),
    "transitions": ("*", "unnest([cities, cities])", "true"),
    "flow": ("Change", "now - before", "true"),
    "gains": ("Gained", "gained", "true"),
    "movers": UP,
    "improved": UP,
    "slipped": UP,
    "near": ("Not met", "not_met", "true"),
    "near-segments": ("Nearly there", "near", "next_level is null"),
    "blockers": ("In the way of", "missing", "true"),
    "plan": (": in all", "running", "true"),
    "taught": ("Attends", "attended", "true"),
    "steps": INTERVAL,
    "scores": ("Score", "score", "true"),
    "history": ("Score", "score", "true"),
    "standing": ("Peers' median", "median", "true"),
    "moved": ("Peers' ", "peers_change", "true"),
    "peers": ("Distance", "distance", "true"),
    "not-met": INTERVAL,
    "met": INTERVAL,
    "gaps": ("Leverage", "leverage", "true"),
    "scenario": ("Adds to the score", "adds", "true"),
    "compared": MET,
    "sources": ("Accepted", "accepted", "true"),
    "rejected-words": ("Answers", "answers", "true"),
    "rejected": ("Row", "row", "true"),
    "coverage": ("Answered", "answered", "true"),
    "certified-by": ("*", "unnest([certifications, certifications])", "true"),
    "certified": ("Cycle", "cycle", "true"),
    "practice-areas": INTERVAL,
    "pass-rates": INTERVAL,
}
SUMMED = ("transitions", "certified-by")  # whose table has a column for each of what the answer has in rows, and a sum
OF_GROUPS = ("certified", "peers", "moved")  # of groups, which have no distance, and a change that is only about so
WORDS = ("they", "mine", "alike", "silent", "standard", "board", "taught-segments", "change-segments", "steps-segments")
NUMBER = re.compile(r"[-−+]?\d[\d,]*\.?\d*")
Card = tuple[str, Behind | None, Any]
Drawn = Callable[[str, str, dict[str, Any]], tuple[Warehouse, list[Card]]]


@pytest.fixture
def drawn(opened: Open, demo_database: Path, own: str, monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """A function: role, page, URL → the viewer's database, and of each card key, what is behind it and table."""
    cards: list[Card] = []

    def heading(_: str, table: Any, behind: Behind | None, *, key: str, **__: Any) -> str:
        cards.append((key, behind, table))
        return "Table"

    def draw(role: str, page: str, params: dict[str, Any]) -> tuple[Warehouse, list[Card]]:
        monkeypatch.setenv("COHORT_VIEWER", role)
        monkeypatch.setenv("COHORT_CITIES", own)
        opened(demo_database, page, **(params | ({"city": own} if "city" in params else {})))
        return open_for(viewer(), demo_database), cards

    monkeypatch.setattr("lib.ui.card._heading", heading)
    return draw


@pytest.mark.parametrize(("role", "page", "params"), PAGES)
def test_the_statement_behind_a_card_runs_and_gives_its_numbers(
    drawn: Drawn, role: str, page: str, params: dict[str, Any]
) -> None:
    warehouse, cards = drawn(role, page, params)
    assert cards
    for key, behind, table in cards:
        assert behind, key
        sql = behind.sql()
        check(warehouse, sql)
        assert len(warehouse.fetch(sql)), key
        if key not in FIGURES or (role == CITY and key in OF_GROUPS):
            assert key in (*WORDS, *OF_GROUPS), key
            continue
        column, value, where = FIGURES[key]
        answer = warehouse.fetch(f"select {value} as given from (\n{sql}\n) where {where}")["given"]  # noqa: S608
        shown, told = numbers(table() if callable(table) else table, column), sorted(map(float, answer.dropna()))
        if key in SUMMED:
            shown, told = [sum(shown)], [sum(told)]
        assert shown, key
        assert shown == pytest.approx(told, abs=1.0 if "100" in value else 0.051), key


def numbers(table: pd.DataFrame, column: str) -> list[float]:
    """The first number of each cell of a column with this in its name, or of all but the first and a row's group."""
    every = [name for name in table.columns[1:] if name != "Group"]
    named = every if column == "*" else [name for name in table if column in str(name)][:1]
    cells = [str(cell) for name in named for cell in table[name]]
    found = [NUMBER.search(cell) for cell in cells]
    return sorted(float(one[0].replace("−", "-").replace(",", "")) for one in found if one)
