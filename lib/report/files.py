"""The forms of a report card as files: what makes each, and a name that any disk takes."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial

from lib.brief.typeset import PAPERS
from lib.report.html import html_bytes
from lib.report.parts import Card
from lib.report.pdf import pdf_bytes
from lib.report.slides import pptx_bytes

FORMS: Mapping[str, Callable[[Card], bytes]] = {"pdf": pdf_bytes, "pptx": pptx_bytes, "html": html_bytes}
"""What makes each form, by its ending."""
_LONGEST = 80


def card_bytes(card: Card, form: str, paper: str = "A4") -> bytes:
    """The card in one of FORMS; `paper` is a key of PAPERS, for the PDF."""
    return (partial(pdf_bytes, paper=paper) if form == "pdf" and paper in PAPERS else FORMS[form])(card)


def file_name(city: str, cycle: str, form: str) -> str:
    """A name for a card's file, its own for every city id: plain letters and digits, whatever the id is made of."""
    return f"report-card_{_plain(cycle)}_{_plain(city)}.{form}"


def _plain(text: str) -> str:
    """The text as it is where every disk takes it; else what is left of it, and a few digits that tell it apart."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9-]+", "-", folded).strip("-")[:_LONGEST]
    if plain == text == text.lower():
        return plain
    return "-".join(filter(None, [plain, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]]))
