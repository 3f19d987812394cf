"""Cards about one city against the cohort, and about the cohort to choose one from."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

import pandas as pd

from lib import charts
from lib.cards.overview import segments_beside
from lib.queries import about, shown
from lib.queries import city as queries
from lib.queries.cities import cities as everybody
from lib.queries.cities import city_names
from lib.twins.cohort import cities_table
from lib.twins.names import distinct
from lib.twins.one_city import history_table
from lib.twins.titles import history_title, near_title
from lib.ui.card import Behind, chart_card
from lib.ui.empty import nothing_here
from lib.ui.links import not_offered, page_choice
from lib.ui.reading import Reading
from lib.warehouse import Warehouse

MARKS = {
    "validated": "Dots: validated answers.",
    "self_reported": "Hollow dots: self-reported answers, which nobody has checked.",
}
EVERY = "all"


def whose_page(reading: Reading) -> tuple[str, str]:
    """Id and name of the city chosen; no id, and the standard's noun, where the page is about all of them."""
    one, many = reading.standard.noun, reading.standard.noun_plural
    names = reading.warehouse.once(_names, reading.selection.standard)
    whole = {} if reading.warehouse.limited and names else {EVERY: f"All {many}"}
    city = page_choice("Whose page", {**whole, **names}, key="city", named=False)
    if city == EVERY and not_offered("city", names):
        nothing_here(f"No {one} has the address of this link.", f"Here are all {many}: choose one above.")
    return ("", one.capitalize()) if city == EVERY else (city, names[city])


def _names(warehouse: Warehouse, standard: str) -> Mapping[str, str]:
    """City id → name, once per version: thousands to choose from on every page about one."""
    return MappingProxyType(distinct(city_names(warehouse, standard)))


def scores_card(reading: Reading, cities: pd.DataFrame) -> None:
    """How many have each score, and as a table who stands where and how far from the next level."""
    standard = reading.standard
    lines = "Lines: where each level begins. " if standard.levels else ""
    chart_card(
        charts.score_distribution(
            cities,
            about.levels(reading.warehouse, reading.selection),
            score_max=standard.score_max,
            unit=_unit(reading),
            noun=standard.noun,
            noun_plural=standard.noun_plural,
        ),
        title=near_title(cities, standard),
        caption=f"{lines}The table names everyone. {reading.sentence}.",
        alt=f"Bars: number of {standard.noun_plural} with each score. {lines}".strip(),
        table=partial(
            cities_table, cities.sort_values("to_next", kind="stable"), standard, indicative=reading.indicative
        ),
        behind=Behind(
            f"One row per {standard.noun}, the highest score first",
            partial(shown.behind, everybody, reading.warehouse, reading.selection),
        ),
        key="scores",
        file_name="scores",
    )
    segments_beside(reading)


def history_card(reading: Reading, city: str, name: str) -> None:
    """The score in every cycle, self-reported and validated apart."""
    data = queries.city_history(reading.warehouse, reading.selection, city)
    marks = " ".join(words for stage, words in MARKS.items() if (data["stage"] == stage).any())
    chart_card(
        charts.history(
            data,
            about.levels(reading.warehouse, reading.selection),
            score_max=reading.standard.score_max,
            unit=_unit(reading),
        ),
        title=history_title(data, unit=_unit(reading)),
        caption=f"{marks} {_unit(reading).capitalize()} in each cycle.",
        alt=f"Lines: score of {name} in each cycle, self-reported and validated.",
        table=partial(history_table, data, reading.standard),
        behind=Behind(
            "One row per cycle and kind of answers",
            partial(shown.behind, queries.city_history, reading.warehouse, reading.selection, city),
        ),
        key="history",
        file_name=f"{name} history",
    )


def _unit(reading: Reading) -> str:
    one, many = reading.standard.score_unit
    return f"{many} met" if one == "criterion" else many
