"""The report card as PowerPoint: a finding per slide, charts and tables that can be edited, criteria in the notes."""

from collections.abc import Iterator, Sequence

from lib.brief.charts import Bars, add_bars, add_pairs
from lib.brief.deck import LOOK, Deck, add_slide, close_slide, new_deck, notes, saved
from lib.brief.drawn import BODY, halves, rates_slide
from lib.brief.parts import Rate, RateBlock
from lib.brief.summary import Summary, summary_slide
from lib.brief.tabled import facts_slide
from lib.brief.tables import Box, add_table, figure, header
from lib.report.parts import AreaRow, Card, Gap, Gaps, History, Road, Standing
from lib.report.pdf import title_of

_ON_SLIDE, _SLIDES, _ON_ROAD = 11, 3, 12
"""Gaps on a slide, slides of gaps, and steps of the road that have room in a table."""


def pptx_bytes(card: Card) -> bytes:
    """The card as slides, 16:9. The same card gives the same bytes: its date is that of the database."""
    made = new_deck(card.about, title_of(card))
    _summary(made, card)
    _standing(made, card.standing)
    _history(made, card.history)
    if card.road and card.road.steps:
        _road(made, card.road)
    for block in _blocks(card.gaps):
        rates_slide(made, block, _left(card.gaps), "Peers who meet it")
    facts_slide(made, "How to read it", card.definitions)
    facts_slide(made, "Where it comes from", card.sources)
    return saved(made)


def _summary(made: Deck, card: Card) -> None:
    titles = [card.standing.title, card.history.title, card.road.title if card.road else "", card.gaps.title]
    told = (card.about.selection, card.peering.told, card.peering.why, card.peering.ask, *card.notes)
    scale = (card.scale.title, *card.scale.key) if card.scale else ()
    points = [f"{title}." for title in titles if title]
    part = Summary(
        title=f"{card.name}. {card.finding}",
        about=card.about.short,
        figures=card.figures,
        points=points,
        left_out=" ".join(card.notes),
        notes=(*told, *scale),
    )
    summary_slide(made, part)


def _standing(made: Deck, part: Standing) -> None:
    """Own share beside the peers' median with their middle half, area by area."""
    slide = add_slide(made, part.title, notes(part.caption, part.alt))
    left, right = halves(0.42)
    areas = [row for row in part.rows if not row.whole]
    none = (None,) * len(areas)
    pairs = (
        Bars("Own share of criteria met", tuple(row.share for row in areas), none, none, up=LOOK.primary),
        _peers(areas),
    )
    add_pairs(slide, left, [row.area for row in areas], pairs, alt=part.alt, built=made.about.built)
    changes = [name for name in (f"Since {part.versus}" if part.versus else "", part.peers_since) if name]
    names = header(["Practice area", "Met", "Peers’ median", "Middle half", "n", "Place", *changes])
    rows = [_boxes(row, len(changes)) for row in part.rows]
    widths = [2.1, 1.1, 0.9, 1.1, 0.45, 1.2, *(0.8 for _ in changes)]
    add_table(slide, right, [names, *rows], widths, alt=f"Table: {part.alt}")
    close_slide(made, slide, part.caption)


def _peers(rows: Sequence[AreaRow]) -> Bars:
    """Their median and both ends of their middle half, area by area."""
    spreads = [row.peers for row in rows]
    return Bars(
        "Median of the peers, with their middle half",
        tuple(spread.median if spread else None for spread in spreads),
        tuple(spread.q1 if spread else None for spread in spreads),
        tuple(spread.q3 if spread else None for spread in spreads),
        up=LOOK.faint,
    )


def _boxes(row: AreaRow, changes: int) -> list[Box]:
    tone = {True: LOOK.up, False: LOOK.down, None: LOOK.muted}[row.better]
    moved = [figure(row.change, ink=tone), figure(row.peers_change, ink=LOOK.muted)]
    return [
        Box(row.area, bold=row.whole),
        figure(row.own, bold=True),
        figure(row.median),
        figure(row.middle, ink=LOOK.muted),
        figure(row.n, ink=LOOK.muted),
        figure(row.place),
        *moved[:changes],
    ]


def _history(made: Deck, part: History) -> None:
    slide = add_slide(made, part.title, notes(part.caption, part.alt))
    left, right = halves(0.45)
    none = (None,) * len(part.rows)
    bars = Bars("Share of the highest score", tuple(row.share for row in part.rows), none, none, up=LOOK.primary)
    cycles, built = [row.cycle for row in part.rows], made.about.built
    add_bars(slide, left, cycles, bars, alt=part.alt, built=built, form="0%", ends=(0, 1), step=0.25)
    levels = any(row.level for row in part.rows)
    names = header(["Cycle", "Score", *(["Level"] if levels else []), "Change"])
    rows = [
        [
            Box(row.cycle, bold=row.now),
            figure(row.score, bold=True),
            *([figure(row.level)] if levels else []),
            figure(row.change, ink={True: LOOK.up, False: LOOK.down, None: LOOK.muted}[row.better]),
        ]
        for row in part.rows
    ]
    add_table(slide, right, [names, *rows], [1.0, 1.2, *([1.8] if levels else []), 1.6], alt=f"Table: {part.alt}")
    close_slide(made, slide, part.caption)


def _road(made: Deck, part: Road) -> None:
    """The steps as a table, two side by side where they are many."""
    slide = add_slide(made, part.title, notes(part.text, *(f"{step.code} {step.name}" for step in part.steps)))
    rows = [[Box(step.code, ink=LOOK.muted), Box(step.name, bold=True), figure(step.told)] for step in part.steps]
    names = header(["Code", "Criterion", "Peers who meet it"], 2)
    half = -(-len(rows) // 2)
    many = len(rows) > _ON_ROAD
    parts = (rows[:half], rows[half:]) if many else (rows,)
    for place, some in zip(halves(0.5) if many else (BODY,), parts, strict=True):
        if some:
            add_table(slide, place, [names, *some], [0.8, 3.4, 2.7], alt=f"Table: {part.title}.")
    close_slide(made, slide, part.text)


def _blocks(part: Gaps) -> Iterator[RateBlock]:
    """So many gaps as a slide has room for, each slide with a title of its own; one slide where there are none."""
    shown = part.rows[: _ON_SLIDE * _SLIDES]
    for start in range(0, len(shown), _ON_SLIDE):
        rows = shown[start : start + _ON_SLIDE]
        ends = f"{start + 1} to {start + len(rows)}" if len(rows) > 1 else str(start + 1)
        title = part.title if len(part.rows) <= _ON_SLIDE else f"{part.title} ({ends} of {len(part.rows)})"
        told = "; ".join(_told(row) for row in rows)
        yield RateBlock(part.title, title, f"Bars with intervals: {told}.", tuple(map(_rate, rows)))


def _told(row: Gap) -> str:
    return ", ".join([f"{row.code} {row.name}: {row.told}", *row.marks])


def _rate(row: Gap) -> Rate:
    return Rate(row.code, row.name, row.area, row.rate, row.low, row.high, row.told, row.interval)


def _left(part: Gaps) -> str:
    """What the slides leave out, and how to read them."""
    return " ".join(filter(None, [part.more[min(len(part.rows), _ON_SLIDE * _SLIDES)], part.caption]))
