"""The HTML page by rules: one file, no script, headings in order, tables that are told, texts that can be read."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from lib import theme
from lib.report.html import html_bytes
from lib.report.parts import Card
from tests.conftest import MakeCohort
from tests.lib.brief.conftest import said
from tests.lib.report.conftest import MakeCard, answers, renamed, towns
from tests.lib.report.test_pdf import NAMES

VOID = {"meta", "line", "rect", "circle"}
NOT_SHOWN = ("ground", "ink")
AA = 4.5


class Page(HTMLParser):
    """What a page is made of: (tag, attributes) in order, its text, and whether every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self.open = "", [""]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.open[-1] != "style":
            self.text += data

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in tags]


def read(card: Card) -> Page:
    return Page(html_bytes(card).decode("utf-8"))


def spaced(text: str) -> str:
    return " ".join(text.split())


def test_everything_that_is_said_is_on_the_page(demo_database: Path, first: str, card: MakeCard) -> None:
    made = card(demo_database, first)
    text, drawn = spaced(read(made).text), {made.gaps.caption}
    unsaid = {line for line in (*made.gaps.more, *(gap.status for gap in made.gaps.rows)) if line}
    assert drawn
    assert [line for line in said(made) if line not in unsaid and spaced(line) not in text] == []
    assert all(gap.text.strip() in text or spaced(gap.text) in text for gap in made.gaps.rows)


def test_nothing_runs_and_nothing_is_fetched(demo_database: Path, first: str, card: MakeCard) -> None:
    page = read(card(demo_database, first))
    assert not page.all("script", "link", "iframe", "object", "embed", "img", "form", "a", "base")
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name in ("src", "href")]
    source = html_bytes(card(demo_database, first)).decode("utf-8")
    assert "default-src 'none'" in source
    assert "http" not in source.replace("http-equiv", "")
    assert "url(" not in source
    assert "@import" not in source


def test_headings_are_in_order_and_tables_are_told(demo_database: Path, first: str, card: MakeCard) -> None:
    page = read(card(demo_database, first))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(page.all("table")) == len(page.all("caption")) == 4
    assert {attrs.get("scope") for attrs in page.all("th")} == {"col", "row"}
    assert page.all("html")[0]["lang"] == "en-GB"
    assert len(page.all("main")) == len(page.all("title")) == 1
    assert all(attrs["role"] == "img" and attrs["aria-label"] for attrs in page.all("svg"))


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_texts_can_be_read(palette: theme.Palette) -> None:
    texts = (palette.ink, palette.muted, palette.primary, palette.up, palette.down)
    assert all(contrast(text, palette.background) >= AA for text in texts)
    zones = zip((palette.no_level, *palette.levels), (palette.on_no_level, *palette.on_levels), strict=True)
    assert all(contrast(text, ground) >= AA for ground, text in zones)


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_names_are_text_and_nothing_else(demo_database: Path, first: str, card: MakeCard, name: str) -> None:
    made = renamed(card(demo_database, first), name)
    page = read(made)
    assert page.all("script") == []
    assert spaced(made.name) in spaced(page.text)
    assert page.all("h1")[0]["dir"] == "auto"


def test_without_levels_and_without_gaps(cohort: MakeCohort, card: MakeCard) -> None:
    made = card(cohort(answers(towns(8), met=43)), "c000")
    page = read(replace(made, road=None, scale=None))
    assert len(page.all("table")) == 2
    assert "No gaps: every criterion asked is met" in page.text


def test_the_same_card_is_the_same_file(demo_database: Path, first: str, card: MakeCard) -> None:
    assert html_bytes(card(demo_database, first)) == html_bytes(card(demo_database, first))
