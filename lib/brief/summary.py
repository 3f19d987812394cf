"""The first slide: the finding, whom it is about, the key figures, and each later slide in a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from pptx.util import Inches, Pt

from lib.brief import deck
from lib.brief.deck import ACROSS, LEFT, LOOK, NORMAL, TOP, Deck
from lib.brief.measuring import largest
from lib.brief.parts import Figure

_FIGURES, _POINTS, _POINTS_HEIGHT = TOP + Inches(0.65), TOP + Inches(2.7), Inches(1.7)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the first slide says; `left_out` stands under it, `notes` beside it."""

    title: str
    about: str
    figures: Sequence[Figure]
    points: Sequence[str]
    left_out: str
    notes: Sequence[str]


def summary_slide(made: Deck, part: Summary) -> None:
    """The first slide of a deck."""
    slide = deck.add_slide(made, part.title, deck.notes(*part.notes))
    about = [(part.about, deck.LARGE, LOOK.muted, False)]
    deck.add_text(slide, (LEFT, TOP, ACROSS, Inches(0.5)), about, name="Selection")
    width = ACROSS // max(1, len(part.figures))
    for place, figure in enumerate(part.figures):
        box = (LEFT + place * width, _FIGURES, width - Inches(0.25), Inches(1.7))
        deck.add_text(slide, box, _lines(figure), name=figure.label)
    if part.points:
        size = largest(part.points, ACROSS, _POINTS_HEIGHT, (Pt(18), Pt(16), Pt(14)))
        points = [(point, size, LOOK.ink, False) for point in part.points]
        deck.add_text(slide, (LEFT, _POINTS, ACROSS, Inches(2.0)), points, name="In short", bullets=True)
    deck.close_slide(made, slide, part.left_out)


def _lines(figure: Figure) -> list[deck.Line]:
    tone = {True: LOOK.up, False: LOOK.down, None: LOOK.muted}[figure.better]
    lines = [
        (figure.label, NORMAL, LOOK.muted, False),
        (figure.value, Pt(36), LOOK.primary, True),
        (figure.detail, NORMAL, LOOK.muted, False),
        (figure.change, NORMAL, tone, True),
    ]
    return [line for line in lines if line[0]]
