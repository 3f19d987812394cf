"""Cards of the certified: how many by level, and everybody who was announced, by name."""

from functools import partial

import pandas as pd

from lib.queries.certified_sql import certified_by_sql, certified_sql
from lib.standard import Standard
from lib.twins.certified import by_level_table, by_title, certified_cards, certified_table, listed_title
from lib.ui.card import Behind, table_card
from lib.ui.figures import KeyFigure, key_figures
from lib.ui.reading import Reading

ANNOUNCED = "All that was announced, whatever is selected at the side."


def levels_row(cities: pd.DataFrame, standard: Standard) -> None:
    """How many hold each level, the highest first."""
    key_figures([KeyFigure(*card) for card in certified_cards(cities, standard)])


def by_card(reading: Reading, cities: pd.DataFrame, attributes: pd.DataFrame, attribute: str, *, every: bool) -> None:
    """How many with each level, by what everybody may know of them, or by cycle where `attribute` is empty."""
    standard = reading.standard
    told = attributes[attributes["attribute_id"] == attribute]
    name = str(told["name"].iloc[0]) if len(told) else ""
    table = by_level_table(cities, told.set_index("city_id")["value"], name, standard)
    table_card(
        table,
        title=by_title(table, name, standard),
        caption=f"Numbers of certifications. {ANNOUNCED}",
        behind=Behind(
            "One row per group and level: how many certifications",
            partial(certified_by_sql, reading.warehouse, reading.selection, _told(attributes), attribute, every=every),
        ),
        key="certified-by",
        file_name=f"certified {standard.noun_plural} by {name or 'cycle'}",
        selected=False,
    )


def list_card(reading: Reading, cities: pd.DataFrame, attributes: pd.DataFrame, *, every: bool) -> None:
    """Everybody by name; Streamlit's own search and sorting stand above the table."""
    standard = reading.standard
    which = "Every certification" if every else f"The latest certification of each {standard.noun}"
    table_card(
        certified_table(cities, attributes, standard),
        title=listed_title(cities, standard, every=every),
        caption=f"{which}. {ANNOUNCED} Name, level and date are public; which criteria anybody meets is not. The "
        "magnifying glass above the table searches it.",
        behind=Behind(
            "One row per certification",
            partial(certified_sql, reading.warehouse, reading.selection, _told(attributes), every=every),
        ),
        key="certified",
        file_name=f"certified {standard.noun_plural}",
        selected=False,
    )


def _told(attributes: pd.DataFrame) -> tuple[str, ...]:
    """Ids of what everybody may know of them."""
    return tuple(attributes["attribute_id"].unique())
