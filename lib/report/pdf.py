"""The report card as PDF: Typst sets two pages and draws the charts in them."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from lib.brief.typeset import typeset
from lib.report.parts import Card

NAME = "Report card"
_TEMPLATE = Path(__file__).with_name("card.typ")
_STEPS = 14
"""So many gaps are the most that a page is ever tried with."""


def pdf_bytes(card: Card, paper: str = "A4") -> bytes:
    """The card as PDF, tagged for screen readers (PDF/UA-1), on two pages. `paper` is a key of PAPERS.

    The same card gives the same bytes: its date is that of the database.
    """
    return typeset(_TEMPLATE, _data(card), title=title_of(card), built=card.about.built, paper=paper)


def title_of(card: Card) -> str:
    """What every form of the card is called."""
    return f"{NAME}: {card.about.selection}"


def _data(card: Card) -> dict[str, Any]:
    """The card as JSON holds it; gaps that can have no room on the page are left out."""
    data = asdict(card)
    del data["about"]["built"]
    data["gaps"]["rows"] = data["gaps"]["rows"][:_STEPS]
    return data | {"kind": NAME}
