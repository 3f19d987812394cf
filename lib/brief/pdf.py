"""The brief as PDF: Typst sets the pages and draws the charts in them."""

import json
import re
from dataclasses import asdict
from functools import cache, lru_cache
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
_ACCESSIBLE: Literal["ua-1"] = "ua-1"
_UNUSUAL = re.compile(r"[^\x00-\u024f]")
"""Characters that a font may lack: all but those of Latin scripts."""
_PROBE = b'#set document(title: "Probe")\n#sys.inputs.text'
_setting = Lock()  # one compiler keeps what it has learned about fonts and template, and takes one brief at a time


def pdf_bytes(brief: Brief, paper: str = "A4") -> bytes:
    """The brief as PDF, tagged for screen readers (PDF/UA-1). `paper` is a key of PAPERS.

    The same brief gives the same bytes: its date is that of the database.
    """
    inputs = {"brief": _showable(json.dumps(_data(brief), ensure_ascii=False)), "paper": PAPERS[paper]}
    built = int(brief.about.built.timestamp())
    with _setting:
        made = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=[_ACCESSIBLE], timestamp=built)
    assert isinstance(made, bytes)  # noqa: S101 - a list is for formats of one file a page
    return made


def _showable(text: str) -> str:
    """The text with each character that no font at hand can show replaced by its number: [U+5317] instead of a box."""
    unusual = "".join(sorted(set(_UNUSUAL.findall(text))))
    if _shows(unusual):
        return text
    return _UNUSUAL.sub(lambda found: found[0] if _shows(found[0]) else f"[U+{ord(found[0]):04X}]", text)


@lru_cache(maxsize=4096)
def _shows(characters: str) -> bool:
    """Have the fonts a sign for all of these characters? PDF/UA forbids boxes, so Typst itself says."""
    try:
        typst.compile(_PROBE, font_paths=_fonts(), sys_inputs={"text": characters}, pdf_standards=[_ACCESSIBLE])
    except typst.TypstError:
        return False
    return True


@cache
def _compiler() -> typst.Compiler:
    """Made once: finding the fonts and reading the template takes longer than most briefs."""
    return typst.Compiler(input=_TEMPLATE, root=_TEMPLATE.parent, font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    """Source Sans, which the text is set in; for what it lacks Typst's own fonts, then the machine's."""
    return typst.Fonts(font_paths=[str(files("fontpkg_source_sans_3") / "files")])


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
