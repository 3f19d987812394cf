"""The brief as PowerPoint: a finding per slide, charts and tables that can be edited, definitions in the notes."""

from lib.brief import deck
from lib.brief.deck import Deck
from lib.brief.drawn import changes_slide, levels_slide, missed_slide, rates_slide
from lib.brief.parts import Brief
from lib.brief.pdf import NAME
from lib.brief.summary import Summary, summary_slide
from lib.brief.tabled import facts_slide, grid_slide, moves_slide, near_slide


def pptx_bytes(brief: Brief) -> bytes:
    """The brief as slides, 16:9. The same brief gives the same bytes: its date is that of the database."""
    made = deck.new_deck(brief.about, f"{NAME}: {brief.about.selection}")
    facts = (f"{fact.term}: {fact.text}" for fact in brief.method.sources)
    told, left_out = brief.about.selection, brief.left_out
    said = Summary(brief.finding, told, brief.figures, brief.points, " ".join(left_out), (told, *left_out, *facts))
    summary_slide(made, said)
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
