"""Cards about the plan of workshops: what each adds, and who would go up."""

from functools import partial

import pandas as pd

from lib import charts
from lib.cards.beside import taught_segments
from lib.queries.steps import Profile, next_steps
from lib.queries.workshops import CRITERIA, Offer, taught_cities
from lib.queries.workshops_sql import plan_sql, taught_sql
from lib.twins.names import distinct
from lib.twins.workshops import (
    assumption,
    counted_unit,
    how_found,
    plan_table,
    plan_title,
    taught_table,
    taught_title,
)
from lib.ui.card import Behind, chart_card, table_card
from lib.ui.layout import remark
from lib.ui.links import go
from lib.ui.reading import Reading
from lib.words import percent


def plan_card(reading: Reading, plan: pd.DataFrame, offer: Offer) -> None:
    """What each workshop adds to those before it; a click on a criterion opens its page."""
    standard, coded = reading.standard, offer.unit == CRITERIA
    unit = counted_unit(standard, level=offer.level)
    clicked = chart_card(
        charts.workshop_steps(plan, unit=unit, attending=standard.noun_plural, coded=coded),
        title=plan_title(plan, workshops=offer.workshops, level=offer.level, standard=standard),
        caption=f"{how_found(plan)}. {assumption(offer.success, standard.noun)}. Who attends: every {standard.noun} "
        f"that was asked for a criterion and does not meet it. {reading.sentence}.",
        alt=f"Steps: number of {unit[1]} that each workshop adds to those before it.",
        table=partial(plan_table, plan, standard, level=offer.level, coded=coded),
        behind=Behind(
            "One row per workshop of the plan, which was searched for; running: what it comes to with those before it",
            partial(plan_sql, reading.warehouse, reading.selection, plan, offer),
        ),
        key="plan",
        file_name=f"{len(plan)} workshops",
    )
    if clicked and clicked.customdata and coded:
        go("criteria", criterion=str(clicked.customdata))


def history_remark(reading: Reading) -> None:
    """What the assumption can be held against: how often unmet criteria were met by the next assessment so far."""
    rates = next_steps(reading.warehouse, reading.selection, Profile())["pass_rate"].dropna()
    if len(rates):
        low, high = percent(rates.min()), percent(rates.max())
        remark(
            f"To compare with: so far {low} to {high} of the cases, criterion by criterion, were met by the next "
            "assessment (see Usual next step)."
        )


def taught_card(reading: Reading, plan: pd.DataFrame, offer: Offer) -> dict[str, str]:
    """Who would go up, by name, then by segment; returns their ids with names to choose one by."""
    standard = reading.standard
    criteria = tuple(dict.fromkeys(id_ for ids in plan["criteria"] for id_ in ids))
    cities = taught_cities(reading.warehouse, reading.selection, criteria, offer.success)
    table_card(
        taught_table(cities, standard, success=offer.success, indicative=reading.indicative),
        title=taught_title(cities, standard, success=offer.success),
        caption=f"Missing: what each lacks of its next level. Attends: criteria taught that it was asked and does not "
        f"meet. {assumption(offer.success, standard.noun)}. {reading.sentence}.",
        behind=Behind(
            f"One row per {standard.noun} that could go up a level; chance: that enough of what it attends succeeds",
            partial(taught_sql, reading.warehouse, reading.selection, criteria, offer.success),
        ),
        key="taught",
        file_name=f"{standard.noun_plural} that {len(plan)} workshops move",
    )
    taught_segments(reading, plan, offer)
    return distinct(cities)
