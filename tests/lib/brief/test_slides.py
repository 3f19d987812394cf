"""The slides read back: findings as titles, native charts and tables, nothing over another or over the edge."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Pt

from lib.brief.measuring import LEADING, lines_of
from lib.brief.parts import Brief
from lib.brief.slides import pptx_bytes
from tests.conftest import MakeCohort
from tests.lib.brief.conftest import MakeBrief, said, squeezed
from tests.lib.brief.test_contents import answers
from tests.lib.brief.test_pdf import HOSTILE

PARAMS = [{}, {"stage": "Self-reported"}, {"versus": "Nothing"}, {"cycle": "2023", "participation": "First time"}]


def read(brief: Brief) -> Any:
    return Presentation(BytesIO(pptx_bytes(brief)))


def words(deck: Any) -> str:
    """All that stands on the slides and in their notes, and the numbers in their charts."""
    return squeezed(" ".join(text for slide in deck.slides for text in texts(slide)))


def texts(slide: Any) -> Iterator[str]:
    yield slide.notes_slide.notes_text_frame.text
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def frames(deck: Any) -> list[Any]:
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart or shape.has_table]


@pytest.mark.parametrize("params", PARAMS)
def test_everything_that_is_said_is_in_the_deck(demo_database: Path, brief: MakeBrief, params: dict[str, str]) -> None:
    made = brief(demo_database, **params)
    text = words(read(made))
    unsaid = {made.about.cycle, made.rates.title if made.rates else ""}
    if made.changes:  # the chart has an axis of its own, the table the whole cohort
        unsaid |= {made.changes.dots, *made.changes.tick_words}
    if made.near:  # two tables side by side have no room for what the distance tells anyway
        unsaid |= {*made.near.headings, *(text for row in made.near.rows for text in (row.level, row.change))}
    unsaid |= {block.title for block in made.rates.blocks} if made.rates else set()
    unsaid |= {cell.text for grid in (made.by_cycle, made.by_group, made.by_family) if grid for cell in grid.key}
    areas = {row.area for block in (made.rates.blocks if made.rates else ()) for row in block.rows}
    assert [line for line in said(made) if line not in unsaid | areas and squeezed(line) not in text] == []


@pytest.mark.parametrize("params", PARAMS)
def test_nothing_lies_over_another_or_over_the_edge(
    demo_database: Path, brief: MakeBrief, params: dict[str, str]
) -> None:
    check_places(read(brief(demo_database, **params)))


def check_places(deck: Any) -> None:
    """Fail where a shape lies over another or over the edge of its slide."""
    for slide in deck.slides:
        boxes = {shape.name: (shape.left, shape.top, shape.width, shape.height) for shape in slide.shapes}
        for left, top, width, height in boxes.values():
            assert min(left, top) >= 0
            assert left + width <= deck.slide_width
            assert top + height <= deck.slide_height
        for (one, a), (other, b) in combinations(boxes.items(), 2):
            apart = a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]
            assert apart, (slide.shapes.title.text, one, other)


def test_text_fits_its_box_and_is_large_enough(demo_database: Path, brief: MakeBrief) -> None:
    for slide in read(brief(demo_database)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text and shape.name != "Slide Number Placeholder 4":
                sizes = [run.font.size for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]
                used = sum(
                    lines_of(paragraph.text, shape.width, size) * size * LEADING
                    for paragraph, size in zip(shape.text_frame.paragraphs, sizes, strict=False)
                    if size
                )
                assert used <= shape.height, shape.text_frame.text
            found = re.findall(r'\bsz="(\d+)"', shape._element.xml)
            assert min(map(int, found), default=1000) >= 900


def test_every_picture_has_its_words_and_every_slide_its_title_and_notes(demo_database: Path, brief: MakeBrief) -> None:
    deck = read(brief(demo_database))
    described = [frame._element.xpath("./p:nvGraphicFramePr/p:cNvPr/@descr") for frame in frames(deck)]
    assert len(described) > 12
    assert all(alt and len(alt[0]) > 20 for alt in described)
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert len(set(titles)) == len(titles)
    assert titles[0] == brief(demo_database).finding
    assert all(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    for slide in deck.slides:  # read in this order: the title first, the edge last
        kinds = [shape.placeholder_format.type.name if shape.is_placeholder else "" for shape in slide.shapes]
        assert (kinds[0], kinds[-2:]) == ("TITLE", ["FOOTER", "SLIDE_NUMBER"])


def test_every_slide_says_what_it_is_about(demo_database: Path, brief: MakeBrief) -> None:
    made = brief(demo_database, stage="Self-reported")
    about = made.about
    for slide in read(made).slides:
        text = squeezed(" ".join(texts(slide)))
        for line in (about.short, about.mark, about.standard, about.version, about.date, about.caution):
            assert squeezed(line) in text


def test_charts_are_native_and_hold_the_numbers(demo_database: Path, brief: MakeBrief) -> None:
    made = brief(demo_database)
    assert made.levels
    assert made.changes
    charts = [frame.chart for frame in frames(read(made)) if frame.has_chart]
    levels, change = charts[0].plots[0], charts[1].plots[0]
    assert [series.name for series in levels.series] == [level.name for level in made.levels.key]
    assert [series.values for series in levels.series] == [
        tuple(map(float, column)) for column in zip(*(row.counts for row in made.levels.rows), strict=True)
    ]
    assert change.series[0].values == pytest.approx(
        [row.change * 100 for row in made.changes.rows if row.change is not None]
    )
    plus = change.series[0]._element.xpath("./c:errBars/c:plus//c:v/text()")
    assert [float(end) for end in plus] == pytest.approx(
        [(row.high - row.change) * 100 for row in made.changes.rows if row.high is not None and row.change is not None]
    )
    sheet = openpyxl.load_workbook(BytesIO(charts[0].part.chart_workbook.xlsx_part.blob)).active
    assert sheet
    assert [cell.value for cell in sheet[1]][1:] == [level.name for level in made.levels.key]


def test_names_are_text_and_nothing_else(cohort: MakeCohort, brief: MakeBrief) -> None:
    cycles = ["=cmd|'/c calc'!A1", "http://evil.example/", '<a:t>"&']
    rows = [row | {"cycle": cycle} for cycle in cycles for row in answers(20, met=21)]
    names = [*HOSTILE, *(f"Town {n:03}" for n in range(len(HOSTILE), 20))]
    made = brief(cohort([row | {"city": names[int(row["city"][-3:])]} for row in rows]))
    assert made.near
    deck = read(made)
    text = words(deck)
    assert [row.name for row in made.near.rows if squeezed(row.name) not in text] == []
    chart = next(frame.chart for frame in frames(deck) if frame.has_chart)
    assert {str(label).rpartition(" (n ")[0] for label in chart.plots[0].categories} == set(cycles)
    sheet = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert sheet
    assert {cell.data_type for cell in sheet["A"][1:]} == {"s"}
    assert not any(cell.hyperlink for cell in sheet["A"])


def test_the_same_brief_is_the_same_file(demo_database: Path, brief: MakeBrief) -> None:
    made = brief(demo_database)
    file = pptx_bytes(made)
    assert pptx_bytes(made) == file
    with zipfile.ZipFile(BytesIO(file)) as parts:
        assert sum(name.startswith("ppt/slideLayouts/slideLayout") for name in parts.namelist()) == 1
    properties = Presentation(BytesIO(file)).core_properties
    assert properties.created == made.about.built.replace(tzinfo=None, microsecond=0)
    assert properties.language == "en-GB"


def test_the_long_list_goes_into_two_tables(cohort: MakeCohort, brief: MakeBrief) -> None:
    made = brief(cohort(answers(40, met=21)))
    (slide,) = [slide for slide in read(made).slides if slide.shapes.title.text.startswith("40 cities are within")]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    assert [len(table.rows) for table in tables] == [14, 14]
    assert "And 14 more cities." in squeezed_back(slide)


def squeezed_back(slide: Any) -> str:
    return " ".join(texts(slide)).replace("\u00a0", " ")


def test_nobody_is_one_slide(demo_database: Path, brief: MakeBrief) -> None:
    deck = read(brief(demo_database, cycle="2023", level="Platinum", country="Uruguay"))
    assert [slide.shapes.title.text for slide in deck.slides] == ["No city is in this selection."]


def test_a_long_finding_is_set_smaller(demo_database: Path, brief: MakeBrief) -> None:
    made = replace(brief(demo_database), finding="A very long finding about many cities. " * 8)
    (size, *_) = [run.font.size for run in read(made).slides[0].shapes.title.text_frame.paragraphs[0].runs] or [None]
    paragraph = read(made).slides[0].shapes.title.text_frame.paragraphs[0]
    assert (size or paragraph.font.size) <= Pt(18)
