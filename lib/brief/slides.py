"""The brief as PowerPoint: a finding per slide, charts and tables that can be edited, definitions in the notes."""

from pptx.util import Inches, Pt

from lib.brief import deck
from lib.brief.deck import ACROSS, LEFT, LOOK, NORMAL, TOP, Deck
from lib.brief.drawn import changes_slide, levels_slide, missed_slide, rates_slide
from lib.brief.measuring import largest
from lib.brief.parts import Brief, Figure
from lib.brief.pdf import NAME
from lib.brief.tabled import facts_slide, grid_slide, moves_slide, near_slide

_FIGURES, _POINTS, _POINTS_HEIGHT = TOP + Inches(0.65), TOP + Inches(2.7), Inches(1.7)


def pptx_bytes(brief: Brief) -> bytes:
    """The brief as slides, 16:9. The same brief gives the same bytes: its date is that of the database."""
    made = deck.new_deck(brief.about, f"{NAME}: {brief.about.selection}")
    _summary(made, brief)
    if brief.figures:
        _parts(made, brief)
    return deck.saved(made)


def _parts(made: Deck, brief: Brief) -> None:
    if brief.levels:
        levels_slide(made, brief.levels)
    for grid in (brief.by_cycle, brief.by_group, brief.by_family):
        if grid:
            grid_slide(made, grid)
    if brief.changes:
        changes_slide(made, brief.changes)
        moves_slide(made, brief.changes)
    for block in brief.rates.blocks if brief.rates else ():
        rates_slide(made, block, brief.rates.caption if brief.rates else "")
    if brief.near:
        near_slide(made, brief.near, brief.method.criteria)
        missed_slide(made, brief.near)
    facts_slide(made, brief.method.title, brief.method.definitions, brief.method.criteria)
    facts_slide(made, "Where it comes from", brief.method.sources)


def _summary(made: Deck, brief: Brief) -> None:
    facts = (f"{fact.term}: {fact.text}" for fact in brief.method.sources)
    slide = deck.add_slide(made, brief.finding, deck.notes(brief.about.selection, *brief.left_out, *facts))
    selection = [(brief.about.selection, deck.LARGE, LOOK.muted, False)]
    deck.add_text(slide, (LEFT, TOP, ACROSS, Inches(0.5)), selection, name="Selection")
    width = ACROSS // max(1, len(brief.figures))
    for place, figure in enumerate(brief.figures):
        box = (LEFT + place * width, _FIGURES, width - Inches(0.25), Inches(1.7))
        deck.add_text(slide, box, _lines(figure), name=figure.label)
    if brief.points:
        size = largest(brief.points, ACROSS, _POINTS_HEIGHT, (Pt(18), Pt(16), Pt(14)))
        points = [(point, size, LOOK.ink, False) for point in brief.points]
        deck.add_text(slide, (LEFT, _POINTS, ACROSS, Inches(2.0)), points, name="In short", bullets=True)
    deck.close_slide(made, slide, " ".join(brief.left_out))


def _lines(figure: Figure) -> list[deck.Line]:
    tone = {True: LOOK.up, False: LOOK.down, None: LOOK.muted}[figure.better]
    lines = [
        (figure.label, NORMAL, LOOK.muted, False),
        (figure.value, Pt(36), LOOK.primary, True),
        (figure.detail, NORMAL, LOOK.muted, False),
        (figure.change, NORMAL, tone, True),
    ]
    return [line for line in lines if line[0]]
