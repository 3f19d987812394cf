"""Cards that set the segments side by side on the pages about near misses, workshops, change and next steps.

Each is drawn only where segments are chosen.
"""

from functools import partial

import pandas as pd

from lib.cards.comparison import Comparison
from lib.queries import beside, shown
from lib.queries.change_sql import parts_beside_sql
from lib.queries.steps import Profile
from lib.queries.workshops import Offer
from lib.queries.workshops_sql import taught_beside_sql
from lib.twins import beside as words
from lib.twins.workshops import assumption
from lib.ui.card import Behind, table_card
from lib.ui.reading import Reading

_SEVERAL = "One of the {many} may be in several segments, or in none."
NUMBERED = "Segments are numbered in the order of the page"


def near_segments(reading: Reading, within: int) -> None:
    """How many of each segment are within reach of the next level, and of which."""
    if not reading.selection.segments:
        return
    standard = reading.standard
    near = beside.near_beside(reading.warehouse, reading.selection, within)
    table_card(
        words.near_table(near, standard, indicative=reading.indicative),
        title=words.near_title(near, standard, within),
        caption=f"Of the {standard.noun_plural} of each segment, with the 95 % Wilson interval of the share. "
        f"{_several(reading)} {reading.sentence}.",
        behind=Behind(
            f"One row per segment, and per next level in it. {NUMBERED}",
            partial(shown.behind, beside.near_beside, reading.warehouse, reading.selection, within),
        ),
        key="near-segments",
        file_name=f"nearly there within {within} by segment",
    )


def taught_segments(reading: Reading, plan: pd.DataFrame, offer: Offer) -> None:
    """How many of each segment the plan would move up a level."""
    if not reading.selection.segments:
        return
    standard = reading.standard
    criteria = tuple(dict.fromkeys(id_ for ids in plan["criteria"] for id_ in ids))
    taught = beside.taught_beside(reading.warehouse, reading.selection, criteria, offer.success)
    table_card(
        words.taught_table(taught, standard, success=offer.success, indicative=reading.indicative),
        title=words.taught_title(taught, success=offer.success),
        caption=f"The plan above is made for all who are selected, not for each segment. "
        f"{assumption(offer.success, standard.noun)}. {_several(reading)} {reading.sentence}.",
        behind=Behind(
            f"One row per segment with {standard.noun_plural} that could go up a level. {NUMBERED}",
            partial(taught_beside_sql, reading.warehouse, reading.selection, criteria, offer.success),
        ),
        key="taught-segments",
        file_name=f"{len(plan)} workshops by segment",
    )


def change_segments(reading: Reading, about: Comparison) -> None:
    """The change of each segment's mean, in its parts."""
    if not reading.selection.segments:
        return
    standard, span = reading.standard, about.span
    changes = beside.change_beside(reading.warehouse, reading.selection, about.against)
    table_card(
        words.change_table(changes, standard, span, across=about.across),
        title=words.change_title(changes, span, noun_plural=standard.noun_plural),
        caption=f"Mean score in {span.unit[1]}, and what adds up to its change; the change of the same "
        f"{standard.noun_plural} with its 95 % interval (paired t), n beside each. A segment by level or participation "
        f"holds who is there in {span.cycle}. {_several(reading)} {about.sentence}.",
        behind=Behind(
            "One row per segment. The interval of the panel’s change follows from panel_deviation and n_panel. "
            f"{NUMBERED}",
            partial(parts_beside_sql, reading.warehouse, reading.selection, about.against),
        ),
        key="change-segments",
        file_name=f"change {span.since} by segment",
    )


def steps_segments(reading: Reading, profile: Profile) -> None:
    """What is most usual next in each segment."""
    if not reading.selection.segments:
        return
    names = [segment.name for segment in reading.selection.segments]
    steps, standard = beside.steps_beside(reading.warehouse, reading.selection, profile), reading.standard
    table_card(
        words.steps_table(steps, names, noun_plural=standard.noun_plural),
        title=words.steps_title(steps, names),
        caption=f"The first {words.SHOWN} of each segment, in the order of the lower end of the 95 % Wilson interval. "
        f"A case: one {standard.noun} that did not meet the criterion and answered it in its next assessment, in any "
        f"cycle; a segment by level or participation holds who is there in {reading.selection.cycle}. "
        f"{_several(reading)} {reading.sentence}.",
        behind=Behind(f"One row per segment and criterion. {NUMBERED}", partial(_steps_sql, reading, profile)),
        key="steps-segments",
        file_name="usual next step by segment",
    )


def _steps_sql(reading: Reading, profile: Profile) -> str:
    """The steps of each segment, below one another."""
    parts = shown.every(beside.steps_beside, reading.warehouse, reading.selection, profile)
    return shown.below(*(f"select {place} as segment, *\nfrom (\n{part}\n)" for place, part in enumerate(parts, 1)))


def _several(reading: Reading) -> str:
    return _SEVERAL.format(many=reading.standard.noun_plural)
