"""Where do we stand against cities like ours, what do they meet that we do not, how far is the next level?"""

import pandas as pd
import streamlit as st

from lib.cards.city import criteria_cards, history_card, scores_card, spread_card, whose_page
from lib.cards.next_step import next_step_card
from lib.findings import city_finding
from lib.queries.cities import cities
from lib.queries.city import city_attributes, city_summary
from lib.twins.cards import city_cards
from lib.ui.empty import nobody_here, nothing_here
from lib.ui.figures import KeyFigure, key_figures
from lib.ui.plain import plain
from lib.ui.reading import Reading, now


def everybody(reading: Reading) -> None:
    """Before a city is chosen: who stands where."""
    if reading.cities:
        scores_card(reading, cities(reading.warehouse, reading.selection))
    else:
        nobody_here(reading.standard.noun)


def one_city(reading: Reading, city: str, name: str) -> None:
    """One city: its finding and figures, its areas, its criteria; its history also when it sat this cycle out."""
    known = city_attributes(reading.warehouse, city)
    st.caption(plain(" · ".join(known["value"])))
    summary = city_summary(reading.warehouse, reading.selection, city)
    if summary.empty:
        missing = f"{name} has no {reading.selection.stage.replace('_', '-')} answers in {reading.selection.cycle}."
        nothing_here(missing, "Choose another cycle, or the other kind of answers.")
    else:
        assessed(reading, summary.iloc[0])
    history_card(reading, city, name)


def assessed(reading: Reading, summary: pd.Series) -> None:
    """What is known of a city that was assessed in the selected cycle and stage."""
    indicative, versus = reading.indicative, reading.selection.versus
    st.header(plain(city_finding(summary, reading.standard, indicative=indicative, versus=versus)), anchor=False)
    cards = city_cards(summary, reading.standard, indicative=indicative, versus=versus)
    key_figures([KeyFigure(*card) for card in cards])
    if pd.notna(summary["boundary_note"]):
        st.info(f"**At the boundary.** {plain(summary['boundary_note'])}")
    spread_card(reading, summary["city_id"], summary["name"])
    criteria_cards(reading, summary["city_id"], summary["name"])
    next_step_card(reading, summary)


reading = now()
heading = st.container()
city, name = whose_page(reading)
heading.title(plain(name), anchor=False)
one_city(reading, city, name) if city else everybody(reading)
