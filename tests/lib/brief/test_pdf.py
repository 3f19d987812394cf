"""The PDF read back: it says all that the brief says, to eyes and to screen readers, whatever names are made of."""

from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from lib.brief.parts import Brief
from lib.brief.pdf import pdf_bytes
from tests.conftest import MakeCohort
from tests.lib.brief.conftest import MakeBrief, said, squeezed
from tests.lib.brief.test_contents import answers

HOSTILE = (
    '#panic("x")',
    '#import "@preview/x:1.0.0": *',
    "$x^2$ *bold* _it_ `raw`",
    "= Heading",
    '"], "mark": "',
    "\\u{41} \\",
    "<script>alert(1)</script>",
    "@label <label>",
    "//comment /* */",
    "#{sys.inputs}",
    "&amp; ]]> ${x}",
    "~ -- --- ...",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2,
)


def read(brief: Brief, paper: str = "A4") -> PdfReader:
    return PdfReader(BytesIO(pdf_bytes(brief, paper)))


def words(reader: PdfReader) -> str:
    return squeezed(" ".join(page.extract_text() for page in reader.pages))


def test_everything_that_is_said_is_on_the_pages(demo_database: Path, brief: MakeBrief) -> None:
    made = brief(demo_database)
    assert made.changes
    assert made.rates
    drawn = {row.cohort_text for row in made.changes.rows} | {block.finding for block in made.rates.blocks}
    text = words(read(made)).lower()
    assert [line for line in said(made) if line not in drawn and squeezed(line).lower() not in text] == []


@pytest.mark.parametrize("stage", ["Validated", "Self-reported"])
def test_every_page_says_what_it_is_about(demo_database: Path, brief: MakeBrief, stage: str) -> None:
    made = brief(demo_database, stage=stage)
    pages = read(made).pages
    assert 4 <= len(pages) <= 7
    for number, page in enumerate(pages, 1):
        text = squeezed(page.extract_text())
        about = made.about
        for line in (about.short, about.mark, about.standard, about.version, about.date, about.caution):
            assert squeezed(line) in text
        assert f"Page{number}of{len(pages)}" in text


def test_names_are_text_and_nothing_else(cohort: MakeCohort, brief: MakeBrief) -> None:
    names = [*HOSTILE, *(f"Town {n:03}" for n in range(len(HOSTILE), 20))]
    rows = [row | {"city": names[int(row["city"][-3:])]} for row in answers(20, met=21)]
    made = brief(cohort(rows))
    assert made.near
    told = {row.name for row in made.near.rows}
    assert sum(name.split()[0] in " ".join(told) for name in HOSTILE) == len(HOSTILE)
    text = words(read(made))
    assert [name for name in told if squeezed(name) not in text] == []


def test_it_is_made_for_screen_readers(demo_database: Path, brief: MakeBrief) -> None:
    made = brief(demo_database)
    reader = read(made)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata
    assert reader.metadata.title == f"Cohort brief: {made.about.selection}"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    kinds = list(tags(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L"} <= set(kinds)
    assert kinds.count("/H1") == 1


def tags(node: Any) -> Any:
    node = node.get_object()
    if isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from tags(node["/K"])
    elif isinstance(node, list):
        for child in node:
            yield from tags(child)


def test_its_type_does_not_depend_on_the_machine(demo_database: Path, brief: MakeBrief) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in read(brief(demo_database)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all(font.startswith("SourceSans3") for font in fonts), fonts


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_paper(demo_database: Path, brief: MakeBrief, paper: str, size: tuple[int, int]) -> None:
    boxes = {
        tuple(round(float(edge)) for edge in page.mediabox[2:]) for page in read(brief(demo_database), paper).pages
    }
    assert boxes == {size}


def test_the_same_brief_is_the_same_file_also_when_many_ask(demo_database: Path, brief: MakeBrief) -> None:
    made = brief(demo_database)
    other = replace(made, finding="Something else.")
    files: dict[int, bytes] = {}
    jobs = [partial(lambda n: files.update({n: pdf_bytes(made if n % 2 else other)}), n) for n in range(6)]
    threads = [Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {n % 2: files[n] for n in files} == {0: pdf_bytes(other), 1: pdf_bytes(made)}
    assert len(set(files.values())) == 2


def test_accents_are_set_and_what_no_font_has_is_numbered(cohort: MakeCohort, brief: MakeBrief) -> None:
    names = ["São Aurélio", "Ñuñoa", "Łódź", "Αθήνα", "Владимир", "\U0001f9ff\U000e0100 \U00012000"]
    rows = [row | {"city": names[int(row["city"][-3:])]} for row in answers(6, met=21)]
    made = brief(cohort(rows))
    text = words(read(made))
    assert [name for name in names[:5] if squeezed(name) not in text] == []
    assert "[U+12000]" in text or "\U00012000" in text  # where the machine has a font for it


def test_nobody_is_one_page(demo_database: Path, brief: MakeBrief) -> None:
    made = brief(demo_database, cycle="2023", level="Platinum", country="Uruguay")
    reader = read(made)
    assert len(reader.pages) == 1
    assert squeezed("No city is in this selection.") in words(reader)
    assert squeezed(made.about.mark) in words(reader)
