"""The brief as PDF: Typst sets the pages and draws the charts in them."""

from dataclasses import asdict
from pathlib import Path

from lib.brief.parts import Brief
from lib.brief.typeset import typeset

NAME = "Cohort brief"
_TEMPLATE = Path(__file__).with_name("brief.typ")


def pdf_bytes(brief: Brief, paper: str = "A4") -> bytes:
    """The brief as PDF, tagged for screen readers (PDF/UA-1). `paper` is a key of PAPERS.

    The same brief gives the same bytes: its date is that of the database.
    """
    data = asdict(brief)
    del data["about"]["built"]
    title = f"{NAME}: {brief.about.selection}"
    return typeset(_TEMPLATE, data | {"kind": NAME}, title=title, built=brief.about.built, paper=paper)
