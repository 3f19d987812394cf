"""The brief as PDF: Typst sets the pages and draws the charts in them."""

import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst

from lib import theme
from lib.brief.parts import Brief

PAPERS = {"A4": "a4", "Letter": "us-letter"}
NAME = "Cohort brief"
_TEMPLATE = Path(__file__).with_name("brief.typ")
_STANDARD: Literal["ua-1"] = "ua-1"
_setting = Lock()  # one compiler keeps what it has learned about fonts and template, and takes one brief at a time


def pdf_bytes(brief: Brief, paper: str = "A4") -> bytes:
    """The brief as PDF, tagged for screen readers (PDF/UA-1). `paper` is a key of PAPERS.

    The same brief gives the same bytes: its date is that of the database.
    """
    inputs = {"brief": json.dumps(_data(brief), ensure_ascii=False), "paper": PAPERS[paper]}
    with _setting:
        made = _compiler().compile(
            format="pdf", sys_inputs=inputs, pdf_standards=[_STANDARD], timestamp=int(brief.about.built.timestamp())
        )
    assert isinstance(made, bytes)  # noqa: S101 - a list is for formats of one file a page
    return made


@cache
def _compiler() -> typst.Compiler:
    """Made once: finding the fonts and reading the template takes longer than most briefs."""
    family = str(files("fontpkg_source_sans_3") / "files")
    return typst.Compiler(input=_TEMPLATE, root=_TEMPLATE.parent, font_paths=typst.Fonts(font_paths=[family]))


def _data(brief: Brief) -> dict[str, Any]:
    """The brief as JSON holds it, with the colours and what the pages need beside it."""
    built = brief.about.built
    data = asdict(brief)
    del data["about"]["built"]
    return data | {
        "name": NAME,
        "title": f"{NAME}: {brief.about.selection}",
        "day": {"year": built.year, "month": built.month, "day": built.day},
        "look": asdict(theme.LIGHT),
    }
