"""Pages by Typst: a template of ours, set with what it is given, as a PDF for eyes and screen readers (PDF/UA-1)."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst

from lib import theme

PAPERS = {"A4": "a4", "Letter": "us-letter"}
_ROOM = Path(__file__).parent.parent
"""Templates import one another from anywhere below this folder, and from nowhere else."""
_ACCESSIBLE: Literal["ua-1"] = "ua-1"
_UNUSUAL = re.compile(r"[^\x00-\u024f]")
"""Characters that a font may lack: all but those of Latin scripts."""
_PROBE = b'#set document(title: "Probe")\n#sys.inputs.text'
_setting = Lock()  # one compiler keeps what it has learned about fonts and template, and takes one document at a time


def typeset(template: Path, given: Mapping[str, Any], *, title: str, built: datetime, paper: str = "A4") -> bytes:
    """The template's pages. `given` is what JSON can hold; the palette, title and date are added to it.

    `paper` is a key of PAPERS. The same things given make the same bytes: the only date is that of the database.
    """
    edge = {"title": title, "look": asdict(theme.LIGHT)}
    day = {"day": {"year": built.year, "month": built.month, "day": built.day}}
    inputs = {"given": _showable(json.dumps({**given, **edge, **day}, ensure_ascii=False)), "paper": PAPERS[paper]}
    with _setting:
        made = _compiler(template).compile(
            format="pdf", sys_inputs=inputs, pdf_standards=[_ACCESSIBLE], timestamp=int(built.timestamp())
        )
    assert isinstance(made, bytes)  # noqa: S101 - a list is for formats of one file a page
    return made


_shown: set[str] = set()
"""Characters that the fonts have, so that each of a cohort's names need not be tried again."""


def _showable(text: str) -> str:
    """The text with each character that no font at hand can show replaced by its number: [U+5317] instead of a box."""
    unusual = "".join(sorted(set(_UNUSUAL.findall(text)) - _shown))
    if not unusual or _shows(unusual):
        _shown.update(unusual)
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
def _compiler(template: Path) -> typst.Compiler:
    """Made once for each template: finding the fonts and reading it takes longer than most documents."""
    return typst.Compiler(input=template, root=_ROOM, font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    """Source Sans, which the text is set in; for what it lacks Typst's own fonts, then the machine's."""
    return typst.Fonts(font_paths=[str(files("fontpkg_source_sans_3") / "files")])
