"""The overview offers the cohort brief, and makes nothing of it before somebody asks."""

from pathlib import Path

import pytest

from lib.cards import brief
from tests.pages.conftest import Open, screen

OFFERS = ["Brief (PDF, A4)", "Brief (PDF, Letter)", "Brief (PowerPoint)"]


def offers(app: object) -> list[str]:
    found = [button.label for button in app.get("download_button")]  # type: ignore[attr-defined]
    return [label for label in found if label.startswith("Brief")]


def test_three_files_are_offered_and_none_is_made(
    opened: Open, demo_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brief, "gather", lambda *_: pytest.fail("a brief was made that nobody asked for"))
    app = opened(demo_database, "overview")
    assert offers(app) == OFFERS
    assert "Take it to the board" in screen(app)


def test_nobody_takes_nothing(opened: Open, demo_database: Path) -> None:
    assert offers(opened(demo_database, "overview", country="Uruguay", level="Platinum", cycle="2023")) == []
