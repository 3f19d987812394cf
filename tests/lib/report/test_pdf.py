"""The PDF read back: always two pages, for eyes and for screen readers, whatever the city is called."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from lib.peers import Peers
from lib.report.parts import Card
from lib.report.pdf import pdf_bytes
from tests.conftest import MakeCohort
from tests.lib.brief.conftest import squeezed
from tests.lib.brief.test_pdf import HOSTILE, tags
from tests.lib.report.conftest import MakeCard, answers, renamed, towns

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch " * 4
NAMES = (*HOSTILE, "=cmd|'/c calc'!A1", "Ciudad 🏙️ Ñuñoa", "מודיעין־מכבים־רעות", "مدينة", LONG[:200], "X" * 200)


def read(card: Card, paper: str = "A4") -> PdfReader:
    return PdfReader(BytesIO(pdf_bytes(card, paper)))


def words(reader: PdfReader) -> str:
    return squeezed(" ".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("stage", ["Validated", "Self-reported"])
def test_two_pages_that_say_what_they_are_about(
    demo_database: Path, first: str, card: MakeCard, paper: str, stage: str
) -> None:
    made = card(demo_database, first, stage=stage)
    pages = read(made, paper).pages
    assert len(pages) == 2
    for number, page in enumerate(pages, 1):
        text, about = squeezed(page.extract_text()), made.about
        for line in (about.short, about.mark, about.standard, about.version, about.date, about.caution):
            assert squeezed(line) in text
        assert f"Page{number}of2" in text


def test_the_numbers_are_on_the_pages(demo_database: Path, first: str, card: MakeCard) -> None:
    made = card(demo_database, first)
    text = words(read(made))
    assert made.road
    said = [made.name, made.finding, made.standing.title, made.history.title, made.gaps.title, made.road.title]
    said += [text for figure in made.figures for text in (figure.label, figure.value, figure.detail, figure.change)]
    said += [text for row in made.standing.rows for text in (row.area, row.own, row.middle, row.place, row.change)]
    said += [text for row in made.history.rows for text in (row.cycle, row.score, row.level, row.change)]
    said += [text for step in made.road.steps for text in (step.name, step.told)]
    said += [fact.text for fact in (*made.definitions, *made.sources)]
    assert [line for line in said if squeezed(line) not in text] == []
    shown = [gap for gap in made.gaps.rows if squeezed(f"{gap.rank}{gap.code}{gap.name}") in text]
    assert shown == list(made.gaps.rows[: len(shown)])
    assert [gap for gap in shown if squeezed(f"{gap.told}{gap.interval}") not in text] == []
    assert len(shown) >= 5
    assert squeezed(made.gaps.more[len(shown)]) in text


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(
    "case", [{"met": 0}, {"met": 21}, {"met": 39}, {"met": 43}, {"met": 20, "stage": "self_reported"}], ids=str
)
def test_two_pages_whatever_was_answered(cohort: MakeCohort, card: MakeCard, paper: str, case: dict[str, Any]) -> None:
    database = cohort(answers(towns(8), **case))
    for among in (Peers(), Peers("picked")):
        assert len(read(card(database, "c000", among), paper).pages) == 2


def test_two_pages_with_a_hundred_gaps_and_thirty_areas(demo_database: Path, first: str, card: MakeCard) -> None:
    made = card(demo_database, first)
    gap, area, step = made.gaps.rows[0], made.standing.rows[0], made.road.steps[0] if made.road else None
    assert step
    assert made.road
    long = replace(gap, name="A question of many words, " * 8, text="Words. " * 90)
    crowded = replace(
        made,
        gaps=replace(made.gaps, rows=(long,) * 100, more=tuple(str(number) for number in range(101))),
        standing=replace(made.standing, rows=(area,) * 30),
        road=replace(made.road, steps=(step,) * 40),
        name=LONG[:200],
    )
    for paper in ("A4", "Letter"):
        assert len(read(crowded, paper).pages) == 2


@pytest.mark.parametrize("name", NAMES)
def test_names_are_text_and_nothing_else(demo_database: Path, first: str, card: MakeCard, name: str) -> None:
    made = renamed(card(demo_database, first), name)
    reader = read(made)
    assert len(reader.pages) == 2
    if made.name.isascii():
        assert squeezed(made.name) in words(reader)


def test_it_is_made_for_screen_readers(demo_database: Path, first: str, card: MakeCard) -> None:
    made = card(demo_database, first)
    reader = read(made)
    root: Any = reader.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == ("en-GB", True)
    assert reader.metadata
    assert reader.metadata.title == f"Report card: {made.about.selection}"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    kinds = list(tags(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= set(kinds)
    assert kinds.count("/H1") == 1


def test_the_same_card_is_the_same_file(demo_database: Path, first: str, card: MakeCard) -> None:
    made = card(demo_database, first)
    assert pdf_bytes(made) == pdf_bytes(card(demo_database, first))
    assert pdf_bytes(made) != pdf_bytes(made, "Letter")
