"""Slides that are a table."""

from collections.abc import Sequence

from lib.brief.deck import LOOK, Deck, add_slide, close_slide, notes
from lib.brief.drawn import BODY, halves
from lib.brief.facts import Fact
from lib.brief.parts import Changes, Grid, Near
from lib.brief.tables import Box, add_table, figure, header

HALF = 13
"""Rows of a table that has half the slide; with more there are two of them."""


def grid_slide(deck: Deck, part: Grid) -> None:
    """Shares on their tints."""
    slide = add_slide(deck, part.title, notes(part.caption, part.codes))
    names = [*header([part.first, "n"]), *(Box(name, ink=LOOK.muted, align="ctr") for name in part.columns)]
    rows = [
        [
            Box(row.label, bold=row.pinned),
            figure(row.n, ink=LOOK.muted),
            *(Box(cell.text, row.pinned, cell.ink, cell.ground, "ctr") for cell in row.cells),
        ]
        for row in part.rows
    ]
    widths = [2.4, 0.6, *(1.2 for _ in part.columns)]
    add_table(slide, BODY, [names, *rows], widths, alt=part.alt)
    close_slide(deck, slide, f"{part.caption} {part.codes}".strip())


def moves_slide(deck: Deck, part: Changes) -> None:
    """The criteria that moved most; no slide where none did."""
    if not part.moves:
        return
    slide = add_slide(deck, part.moves_title, notes(part.moves_caption))
    rows = [
        [
            Box(move.code, ink=LOOK.muted),
            Box(move.name),
            figure(move.n, ink=LOOK.muted),
            figure(move.gained),
            figure(move.lost),
            figure(move.text, bold=True, ink=LOOK.up if move.better else LOOK.down),
            figure(move.sure),
        ]
        for move in part.moves
    ]
    names = header(["Code", "Criterion", "n", "Came to meet it", "No longer do", "Change", "Chance?"], 2)
    widths = [1.0, 5.0, 0.7, 1.5, 1.4, 1.4, 1.9]
    add_table(slide, BODY, [names, *rows], widths, alt=f"Table: {part.moves_title}. {part.moves_caption}")
    close_slide(deck, slide, part.moves_caption)


def near_slide(deck: Deck, part: Near, criteria: Sequence[Fact]) -> None:
    """The cities close to a level, side by side where they are many; the notes name the codes."""
    contested = (f"† {note}" for note in part.notes)
    slide = add_slide(deck, part.title, notes(part.warning, part.caption, *contested, *_told(criteria)))
    rows = [
        [
            Box(row.name, bold=True),
            figure(f"{row.score}{' †' if row.contested else ''}"),
            Box(row.distance),
            Box(row.way, ink=LOOK.muted),
        ]
        for row in part.rows
    ]
    name, _, score, distance, _, way = part.headings
    names = [*header([name, score]), *header([distance, way], 2)]
    for number, place in enumerate(halves(0.5) if len(rows) > HALF else (BODY,)):
        half = rows[number * HALF : (number + 1) * HALF]
        add_table(slide, place, [names, *half], [2.4, 0.7, 1.8, 2.2], alt=part.alt)
    boundary = "† At the boundary between two levels: see the notes." if part.notes else ""
    close_slide(deck, slide, " ".join(filter(None, [part.warning, part.caption, part.more, boundary])))


def facts_slide(deck: Deck, title: str, facts: Sequence[Fact], beside: Sequence[Fact] = ()) -> None:
    """Words and what they mean; `beside` are told in the notes only."""
    slide = add_slide(deck, title, notes(*_told(facts), *_told(beside)))
    rows = [[Box(fact.term, bold=True), Box(fact.text)] for fact in facts]
    add_table(slide, BODY, rows, [1.0, 5.0], alt=f"Table: {title}.", named=False)
    close_slide(deck, slide)


def _told(facts: Sequence[Fact]) -> list[str]:
    return [f"{fact.term}: {fact.text}" for fact in facts]
