"""Slides with a chart: the picture on the left, its numbers in a table beside it."""

import math

from pptx.util import Inches

from lib.brief.charts import Bars, Stack, add_bars, add_stacks
from lib.brief.deck import ACROSS, FOOT, LEFT, LOOK, TOP, Deck, Place, add_slide, close_slide, notes
from lib.brief.parts import Changes, Levels, Near, RateBlock
from lib.brief.tables import Box, add_table, figure, header

BODY: Place = (LEFT, TOP, ACROSS, FOOT - TOP)
_ONE_FIGURE = 18


def levels_slide(deck: Deck, part: Levels) -> None:
    """Stacked columns, one for each cycle."""
    slide = add_slide(deck, part.title, notes(part.caption, part.alt))
    left, right = halves(0.47)
    stacks = [
        Stack(level.name, tuple(row.counts[place] for row in part.rows), level.ground, level.ink)
        for place, level in enumerate(part.key)
    ]
    categories = [f"{row.cycle} (n {row.assessed:,})" for row in part.rows]
    add_stacks(slide, left, categories, stacks, alt=part.alt, built=deck.about.built)
    counts = [[figure(f"{count:,}") for count in (row.assessed, *row.counts)] for row in part.rows]
    rows = [
        [Box(row.cycle, bold=True), *told, figure(row.reached, bold=True)]
        for row, told in zip(part.rows, counts, strict=True)
    ]
    names = header(["Cycle", part.unit, *(level.name for level in part.key), "On a level"])
    widths = [0.9, 0.9, *(1.1 for _ in part.key), 2.2]
    add_table(slide, right, [names, *rows], widths, alt=f"Table: {part.alt}")
    close_slide(deck, slide, part.caption)


def changes_slide(deck: Deck, part: Changes) -> None:
    """Bars on either side of zero with their intervals, in percentage points."""
    slide = add_slide(deck, part.title, notes(part.more, part.areas_title, part.caption, part.alt))
    left, right = halves(0.45)
    bars = Bars(
        f"Change since {part.versus}, percentage points",
        tuple(_points(row.change) for row in part.rows),
        tuple(_points(row.low) for row in part.rows),
        tuple(_points(row.high) for row in part.rows),
    )
    step = round((part.ticks[1] - part.ticks[0]) * 100)
    ends = math.floor(part.ends[0] * 100 / step) * step, math.ceil(part.ends[1] * 100 / step) * step
    areas, built = [row.area for row in part.rows], deck.about.built
    add_bars(slide, left, areas, bars, alt=part.alt, built=built, form="+0;−0;0", ends=ends, step=step)
    rows = [
        [
            Box(row.area),
            figure(row.n, ink=LOOK.muted),
            figure(row.before),
            figure(row.now, bold=True),
            figure(row.text, bold=True),
            figure(row.interval, ink=LOOK.muted),
            figure(row.cohort_text, ink=LOOK.muted),
        ]
        for row in part.rows
    ]
    names = header(["Practice area", "n", part.versus, "Now", "Change", "95 % interval", "Whole cohort"])
    add_table(slide, right, [names, *rows], [2.3, 0.5, 0.7, 0.7, 1.2, 1.4, 1.2], alt=f"Table: {part.alt}")
    close_slide(deck, slide, f"{part.more} {part.caption}".strip())


def rates_slide(deck: Deck, block: RateBlock, caption: str, measure: str = "Pass rate") -> None:
    """Bars from 0 to 100 % with their intervals, headed by codes; the table has the names. `measure`: what they are."""
    slide = add_slide(deck, block.finding, notes(caption, block.alt))
    shown = block.rows
    # Ranges of counts and of shares need a line of their own, which the chart can spare.
    ranges = any(len(row.text) > _ONE_FIGURE for row in shown)
    left, right = halves(0.29 if ranges else 0.36)
    bars = Bars(
        measure,
        tuple(row.rate for row in shown),
        tuple(row.low for row in shown),
        tuple(row.high for row in shown),
        up=LOOK.primary,
    )
    codes, built = [row.code for row in shown], deck.about.built
    add_bars(slide, left, codes, bars, alt=block.alt, built=built, form="0%", ends=(0, 1), step=0.25)
    rows = [
        [
            Box(row.code, ink=LOOK.muted),
            Box(row.name),
            figure(row.text, bold=True),
            figure(row.interval, ink=LOOK.muted),
        ]
        for row in shown
    ]
    names = header(["Code", "Criterion", measure, "95 % interval"], 2)
    add_table(slide, right, [names, *rows], [0.8, 3.5, 2.9 if ranges else 2.2, 1.5], alt=f"Table: {block.alt}")
    close_slide(deck, slide, caption)


def missed_slide(deck: Deck, part: Near) -> None:
    """What those close to a level miss most; no slide where nothing is missed."""
    if not part.missed:
        return
    most = part.missed[0]
    slide = add_slide(deck, f"{part.missed_title}: “{most.name}” ({most.text})", notes(part.caption))
    left, right = halves(0.36)
    none = (None,) * len(part.missed)
    bars = Bars("Share that misses it", tuple(row.share for row in part.missed), none, none, up=LOOK.primary)
    told = "; ".join(f"{row.code} {row.name}: {row.text}" for row in part.missed)
    codes, built = [row.code for row in part.missed], deck.about.built
    add_bars(slide, left, codes, bars, alt=f"Bars: {told}.", built=built, form="0%", ends=(0, 1), step=0.25)
    rows = [[Box(row.code, ink=LOOK.muted), Box(row.name), figure(row.text, bold=True)] for row in part.missed]
    names = header(["Code", "Criterion", "Miss it"], 2)
    add_table(slide, right, [names, *rows], [0.8, 4.5, 1.2], alt=f"Table: {told}.")
    close_slide(deck, slide, part.caption)


def halves(share: float) -> tuple[Place, Place]:
    """The body in two columns, the left one with this share of the width."""
    gap = Inches(0.35)
    width = int((ACROSS - gap) * share)
    return (LEFT, TOP, width, FOOT - TOP), (LEFT + width + gap, TOP, ACROSS - gap - width, FOOT - TOP)


def _points(change: float | None) -> float | None:
    return None if change is None else change * 100
