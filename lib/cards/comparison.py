"""What the cards about change between two cycles share: what is compared, and the words for it."""

from dataclasses import dataclass, replace

import pandas as pd

from lib.queries.crosswalk import Against
from lib.queries.panel import change_parts, city_changes, movements
from lib.twins.change import Span
from lib.ui.reading import Reading


@dataclass(frozen=True, slots=True)
class Comparison:
    """What this page compares: with which cycle of which standard, the words for it, and the cities of both.

    `both`: the movements of cities with a score in both cycles. `sentence` says the selection and what it is compared
    with, for captions.
    """

    against: Against
    span: Span
    cities: pd.DataFrame
    parts: pd.DataFrame
    both: pd.DataFrame
    across: bool
    sentence: str


def comparison(reading: Reading, against: Against) -> Comparison:
    """Fetch what every card of the page needs."""
    selection, standard = reading.selection, reading.standard
    across = against.standard != selection.standard
    cycles = reading.choices.cycles(selection.standard)
    later = not across and cycles.index(against.cycle) > cycles.index(selection.cycle)
    span = Span(
        cycle=selection.cycle,
        versus=f"{against.cycle} ({against.standard})" if across else against.cycle,
        later=later,
        unit=("criterion", "criteria") if across else standard.score_unit,
    )
    cities = city_changes(reading.warehouse, selection, against)
    parts = change_parts(reading.warehouse, selection, against)
    sentence = replace(selection, versus=span.versus).describe(reading.choices, reading.cities)
    return Comparison(against, span, cities, parts, movements(cities), across, sentence)
