"""`brief` on the command line: the file that the overview offers, for the same parameters."""

from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from tests.pipelines.test_cli import run


def brief(database: Path, out: Path, *options: str) -> tuple[int, str, str]:
    return run("brief", "--out", out, "--database", database, *options)


def test_a_pdf_of_a_selection(demo_database: Path, tmp_path: Path) -> None:
    out = tmp_path / "brief.pdf"
    asked = "?cycle=2024&country=Brazil&country=United+States&stage=Self-reported&split=region"
    code, told, wrong = brief(demo_database, out, "--select", asked, "--paper", "Letter")
    assert (code, wrong) == (0, "")
    assert told.startswith(f"{out}: ")
    assert "in the 2024 cycle, self-reported answers, Brazil or United States, compared with 2023" in told
    pages = PdfReader(out).pages
    assert round(float(pages[0].mediabox.width)) == 612
    assert "2024 cycle, self-reported answers" in " ".join(pages[0].extract_text().split())


def test_slides(demo_database: Path, tmp_path: Path) -> None:
    code, _, wrong = brief(demo_database, tmp_path / "brief.PPTX")
    assert (code, wrong) == (0, "")
    assert len(Presentation(str(tmp_path / "brief.PPTX")).slides) > 8


@pytest.mark.parametrize(
    ("name", "select", "fault"),
    [
        ("brief.doc", "", "Error: a brief is a .pdf or a .pptx, not .doc"),
        ("brief", "", "Error: a brief is a .pdf or a .pptx, not a file without an ending"),
        ("brief.pdf", "contry=Brazil", "Error: contry=Brazil is nothing that can be selected in this database"),
        ("brief.pdf", "cycle=1999", "Error: cycle=1999 is nothing that can be selected in this database"),
        ("brief.pdf", "split=", "Error: split= is nothing that can be selected in this database"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    demo_database: Path, tmp_path: Path, name: str, select: str, fault: str
) -> None:
    code, _, wrong = brief(demo_database, tmp_path / name, "--select", select)
    assert code == 1
    assert fault in wrong
    assert list(tmp_path.iterdir()) == []


def test_without_a_database_it_is_one_sentence(tmp_path: Path) -> None:
    code, _, wrong = brief(tmp_path / "none.duckdb", tmp_path / "brief.pdf")
    assert code == 1
    assert wrong.startswith("Error: There is no cohort database none.duckdb yet.")
