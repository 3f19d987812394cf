"""The slides read back: findings as titles, native charts and tables, nothing over another or over the edge."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation

from lib.report.parts import Card
from lib.report.slides import pptx_bytes
from tests.conftest import MakeCohort
from tests.lib.brief.conftest import squeezed
from tests.lib.brief.test_slides import check_places, frames, words
from tests.lib.report.conftest import MakeCard, answers, renamed, towns
from tests.lib.report.test_pdf import NAMES


def read(card: Card) -> Any:
    return Presentation(BytesIO(pptx_bytes(card)))


def test_titles_are_findings_and_gaps_are_all_there(demo_database: Path, first: str, card: MakeCard) -> None:
    made = card(demo_database, first)
    deck = read(made)
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert made.road
    assert titles[0] == f"{made.name}. {made.finding}"
    assert [made.standing.title, made.history.title, made.road.title] == titles[1:4]
    assert len(set(titles)) == len(titles)
    text = words(deck)
    rows = [text for gap in made.gaps.rows for text in (gap.code, gap.name, gap.told, gap.interval)]
    rows += [text for row in made.standing.rows for text in (row.area, row.own, row.median, row.middle, row.place)]
    rows += [text for step in made.road.steps for text in (step.name, step.told)]
    rows += [fact.text for fact in (*made.definitions, *made.sources)]
    assert [line for line in rows if squeezed(line) not in text] == []


@pytest.mark.parametrize("met", [0, 21, 43])
def test_nothing_lies_over_another_or_over_the_edge(cohort: MakeCohort, card: MakeCard, met: int) -> None:
    database = cohort([*answers(towns(8), met=met), *answers(towns(8), met=20, cycle="2024")])
    check_places(read(card(database, "c001")))


def test_charts_are_native_and_hold_the_numbers(demo_database: Path, first: str, card: MakeCard) -> None:
    made = card(demo_database, first)
    charts = [frame.chart for frame in frames(read(made)) if frame.has_chart]
    own, peers = charts[0].plots[0].series
    areas = [row for row in made.standing.rows if not row.whole]
    assert own.values == pytest.approx([row.share for row in areas])
    assert peers.values == pytest.approx([row.peers.median for row in areas if row.peers])
    gaps = charts[2].plots[0].series[0]
    assert gaps.values == pytest.approx([gap.rate for gap in made.gaps.rows[: len(gaps.values)]])
    described = [frame._element.xpath("./p:nvGraphicFramePr/p:cNvPr/@descr") for frame in frames(read(made))]
    assert all(alt and len(alt[0]) > 20 for alt in described)


@pytest.mark.parametrize("name", NAMES)
def test_names_are_text_and_nothing_else(demo_database: Path, first: str, card: MakeCard, name: str) -> None:
    made = renamed(card(demo_database, first), name)
    assert squeezed(made.name) in words(read(made))


def test_nothing_in_a_chart_is_a_formula(cohort: MakeCohort, card: MakeCard) -> None:
    cycle = "=cmd|'/c calc'!A1"
    deck = read(card(cohort(answers(["=1+1", *towns(6)[1:]], cycle=cycle)), "c000"))
    for frame in frames(deck):
        if frame.has_chart:
            sheet = openpyxl.load_workbook(BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob)).active
            assert sheet
            assert {cell.data_type for cell in sheet["A"][1:]} == {"s"}


def test_the_same_card_is_the_same_file(demo_database: Path, first: str, card: MakeCard) -> None:
    made = card(demo_database, first)
    assert pptx_bytes(made) == pptx_bytes(made)
