"""Segments on every page: compared above it, offered wherever it splits, harmless when they are nonsense."""

from pathlib import Path

import pytest

from lib.segments import Segment
from lib.segments_file import to_toml
from tests.pages.conftest import Open, screen, table_in
from tests.pages.test_every_page import HOSTILE, PAGES

EACH = pytest.mark.parametrize("page", PAGES)
LINK = "Brazilians <b>~country.Brazil~~High~level.Gold~level.Silver~~Nobody~city.nowhere"


@EACH
def test_every_page_compares_the_segments_of_the_link(opened: Open, demo_database: Path, page: str) -> None:
    words = screen(opened(demo_database, page, segment=LINK))
    assert "Segment Made of Cities Reach a level 95 % interval Median score" in words
    assert "Brazilians <b> Brazil" in words
    assert "High Gold or Silver" in words
    assert "Nobody 1 picked by hand 0 0 of 0 – not enough cities to say" in words


@pytest.mark.parametrize("text", [*HOSTILE, "<b>~country.<b>", "~~~~", "Name~country.Atlantis", "%~%7E"])
def test_a_nonsense_segment_is_none(opened: Open, demo_database: Path, text: str) -> None:
    assert screen(opened(demo_database, "overview", segment=text)) == screen(opened(demo_database, "overview"))


@pytest.mark.parametrize(("page", "key"), [("overview", "_split"), ("criteria", "_split")])
def test_where_a_page_splits_it_can_split_by_segment(opened: Open, demo_database: Path, page: str, key: str) -> None:
    assert "Segment" not in opened(demo_database, page).selectbox(key=key).options
    app = opened(demo_database, page, segment=LINK, split="segment")
    assert app.selectbox(key=key).value == "segment"
    assert not app.exception
    assert opened(demo_database, page, split="segment").selectbox(key=key).value != "segment"


BESIDE = {
    "near": "of the next level: Brazilians",
    "workshops": "ove up a level: Brazilians",
    "next_step": "Most usual next:",
    "change": "The same cities since 2024, criteria:",
}


@pytest.mark.parametrize(("page", "words"), BESIDE.items())
def test_pages_without_a_split_set_the_segments_side_by_side(
    opened: Open, demo_database: Path, page: str, words: str
) -> None:
    everybody = "Everybody~participation.First%20time~participation.Returning"
    assert words in screen(opened(demo_database, page, segment=f"{LINK}~~{everybody}", success="80", near="5"))
    assert words not in screen(opened(demo_database, page, success="80", near="5"))


@pytest.mark.parametrize("area", ["all", "families", "DM", "criteria"])
def test_the_heatmap_pins_the_segments_under_the_cohort(opened: Open, demo_database: Path, area: str) -> None:
    key = "heatmap" if area in ("all", "families") else "criteria-heatmap"
    app = opened(demo_database, "heatmap", segment=LINK, area=area)
    app.segmented_control(key=f"view-{key}").set_value("Table").run()
    assert not app.exception
    rows = table_in(app, key)["City"].tolist()
    assert rows[0] == "All selected"
    assert set(rows[1:3]) <= {"Brazilians <b>", "High"} | set(rows[3:])
    assert "First rows, all selected and each segment" in screen(app)


def test_a_segment_can_be_taken_out(opened: Open, demo_database: Path) -> None:
    app = opened(demo_database, "overview", segment=LINK)
    app.button(key="_out_0").click().run()
    assert "Brazilians" not in screen(app)
    assert "High Gold or Silver" in screen(app)


def test_with_filters_the_reader_learns_who_is_counted(opened: Open, demo_database: Path) -> None:
    words = screen(opened(demo_database, "overview", segment=LINK, country="Chile"))
    assert "Cities that are filtered out count in none of them." in words


def test_self_reported_levels_of_segments_are_indicative(opened: Open, demo_database: Path) -> None:
    assert "Reach a level (indicative)" in screen(
        opened(demo_database, "overview", segment=LINK, stage="Self-reported")
    )


def test_a_segment_of_the_programme_s_file_is_compared_with_one_click(
    opened: Open, demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COHORT_SEGMENTS", str(tmp_path / "segments.toml"))
    text = to_toml([Segment("Kept", cities=("lima",)), Segment("Mars", (("country", ("Mars",)),))])
    (tmp_path / "segments.toml").write_text(text, encoding="utf-8")
    app = opened(demo_database, "overview", segment=LINK)
    assert "“Mars” of segments.toml asks for what this database does not have." in screen(app)
    app.selectbox(key="_saved_segment").select("Kept").run()
    assert not app.exception
    assert "Kept 1 picked by hand" in screen(app)
    assert not [box for box in app.selectbox if box.key == "_saved_segment"]  # four are compared
