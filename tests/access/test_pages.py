"""Each page as each viewer gets it: everything that is sent is searched for everybody who is hidden."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

from lib.access import PAGES_FOR, making
from lib.viewer import CITY, PROGRAMME, PUBLIC, RESEARCHER
from tests.access.conftest import Hidden, hidden_from
from tests.pages.conftest import ROOT, Open, opened, screen

__all__ = ["opened"]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
ASKED: dict[str, dict[str, str]] = {
    "plain": {},
    "self-reported": {"stage": "Self-reported", "versus": "Nothing"},
    "earlier": {"cycle": "2024", "peers": "similar", "many": "25", "table": "city_scores", "split": "region"},
}


@pytest.fixture
def as_viewer(monkeypatch: pytest.MonkeyPatch, own: str) -> None:
    monkeypatch.setenv("COHORT_CITIES", own)


def sent(app: AppTest) -> str:
    """All that the page sends: words, tables and charts alike, as the bytes that go to the browser."""
    return b"\n".join(messages(app.main) + messages(app.sidebar)).decode("utf-8", errors="replace")


def messages(block: Block) -> list[bytes]:
    found: list[bytes] = []
    for child in block.children.values():
        if isinstance(child, Block):
            found += [child.proto.SerializeToString() if child.proto else b"", *messages(child)]
        elif isinstance(child, Element):
            found.append(child.proto.SerializeToString())
    return found


@pytest.mark.usefixtures("as_viewer")
@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("page", [page for page in PAGES_FOR[CITY] if page in PAGES])
def test_a_citys_page_names_nobody_who_is_hidden(  # noqa: PLR0917
    opened: Open,
    demo_database: Path,
    hidden: Hidden,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    asked: dict[str, str],
) -> None:
    monkeypatch.setenv("COHORT_VIEWER", CITY)
    app = opened(demo_database, page, **asked)
    assert hidden.found_in(sent(app)) == []
    assert "Seen as: a city (" in screen(app)


@pytest.mark.parametrize("role", [RESEARCHER, PUBLIC])
@pytest.mark.parametrize("page", [page for page in PAGES if page in {*PAGES_FOR[RESEARCHER], *PAGES_FOR[PUBLIC]}])
def test_a_strangers_page_names_nobody_who_is_hidden(
    opened: Open,
    demo_database: Path,
    monkeypatch: pytest.MonkeyPatch,
    role: str,
    page: str,
) -> None:
    monkeypatch.setenv("COHORT_VIEWER", role)
    app = opened(demo_database, page)
    assert hidden_from(demo_database).found_in(sent(app)) == []
    if page in PAGES_FOR[role]:
        assert "Seen as: " in screen(app)


def test_the_search_finds_names_in_what_the_programme_is_sent(
    opened: Open,
    demo_database: Path,
    hidden: Hidden,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COHORT_VIEWER", PROGRAMME)
    found = hidden.found_in(sent(opened(demo_database, "heatmap")))
    assert len(found) > 20
    assert "Seen as: the programme" in screen(opened(demo_database, "method"))


@pytest.mark.usefixtures("as_viewer")
@pytest.mark.parametrize("role", [CITY, RESEARCHER, PUBLIC])
def test_a_closed_page_says_so_and_sends_nothing_else(
    opened: Open,
    demo_database: Path,
    monkeypatch: pytest.MonkeyPatch,
    role: str,
) -> None:
    monkeypatch.setenv("COHORT_VIEWER", role)
    for page in set(PAGES) - set(PAGES_FOR[role]) - {"overview"}:
        app = opened(demo_database, page, city="anybody", country="Brazil")
        assert "is not among the pages that you may open" in screen(app)
        assert not app.title
        assert not app.dataframe
        assert not app.sidebar.children
        assert not app.get("bidi_component")


@pytest.mark.usefixtures("as_viewer")
@pytest.mark.parametrize(("role", "first"), [(RESEARCHER, "Overview"), (PUBLIC, "Pass rates")])
def test_the_start_page_is_the_first_that_may_be_opened(
    opened: Open,
    demo_database: Path,
    monkeypatch: pytest.MonkeyPatch,
    role: str,
    first: str,
) -> None:
    monkeypatch.setenv("COHORT_VIEWER", role)
    assert opened(demo_database, "overview").title[0].value == first


@pytest.mark.usefixtures("as_viewer")
@pytest.mark.parametrize("settings", ["admin", "City", "programme "])
def test_an_unknown_viewer_is_the_public(
    opened: Open,
    demo_database: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: str,
) -> None:
    monkeypatch.setenv("COHORT_VIEWER", settings)
    assert "Seen as: the public" in screen(opened(demo_database, "method"))


@pytest.mark.usefixtures("as_viewer")
def test_a_view_that_cannot_be_made_shows_a_sentence_and_nothing_else(
    opened: Open,
    demo_database: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COHORT_VIEWER", CITY)
    monkeypatch.setattr(making, "LOCKED", {"no_such_setting": True})
    app = opened(demo_database, "city")
    assert "What you may see could not be prepared" in screen(app)
    assert not app.title


@pytest.mark.usefixtures("as_viewer")
def test_the_programmes_segments_are_nobody_elses(
    opened: Open,
    demo_database: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    (tmp_path / "segments.toml").write_text('[[segment]]\nname = "Shortlist"\ncities = ["lima"]\n')
    monkeypatch.setenv("COHORT_SEGMENTS", str(tmp_path / "segments.toml"))
    for role, seen in ((PROGRAMME, True), (CITY, False), (RESEARCHER, False), (PUBLIC, False)):
        monkeypatch.setenv("COHORT_VIEWER", role)
        assert ("Shortlist" in sent(opened(demo_database, "method"))) is seen
