"""What do cities with this profile usually meet next, and is there one order of difficulty?"""

import pandas as pd
import streamlit as st

from lib.cards.beside import steps_segments
from lib.cards.next_step import order_card, order_of, starts, steps_card, steps_near
from lib.queries.cities import city_names
from lib.queries.city import city_summary
from lib.queries.steps import RASCH_MINIMUM, Profile, next_steps
from lib.twins.names import distinct
from lib.twins.next_step import steps_finding
from lib.ui.empty import nobody_here, nothing_here
from lib.ui.links import page_choice
from lib.ui.plain import plain
from lib.ui.reading import Reading, now

EVERY = "all"


def next_step(reading: Reading) -> None:
    """The finding, how often each criterion was met next, and the order of difficulty."""
    heading = st.container()
    names = distinct(city_names(reading.warehouse, reading.standard.id))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        city = page_choice("For whom?", {EVERY: f"All {reading.standard.noun_plural}"} | names, key="city")
        steps, start, profile = for_everybody(reading) if city == EVERY else for_city(reading, city)
    if steps.empty:
        missing = f"{names[city]} has nothing left to meet, or no score in this cycle and kind of answers."
        nothing_here(missing, "Choose another cycle, or everybody.")
        return
    heading.header(plain(steps_finding(steps, reading.standard, start=start)), anchor=False)
    steps_card(reading, steps, profile)
    if city == EVERY:
        steps_segments(reading, profile)
    order = order_of(reading)
    if order.empty:
        few = f"An order of difficulty needs {RASCH_MINIMUM} {reading.standard.noun_plural} or more."
        nothing_here(few, "Remove a filter, or choose another cycle.")
    else:
        order_card(reading, order, names.get(city, ""), city)


def for_everybody(reading: Reading) -> tuple[pd.DataFrame, str, Profile]:
    """Steps from one starting point, the words for it, and the point."""
    known = starts(reading)
    chosen = page_choice("Starting from", {id_: label for id_, (label, *_) in known.items()}, key="view")
    _, words, profile = known[chosen]
    return next_steps(reading.warehouse, reading.selection, profile), words, profile


def for_city(reading: Reading, city: str) -> tuple[pd.DataFrame, str, Profile]:
    """Steps of those with a score like this city's, of what it does not meet, the words for it, and the score."""
    scored = city_summary(reading.warehouse, reading.selection, city).dropna(subset="score")
    return (pd.DataFrame(), "", Profile()) if scored.empty else steps_near(reading, scored.iloc[0])


reading = now()
st.title("Usual next step", anchor=False)
next_step(reading) if reading.cities else nobody_here(reading.standard.noun)
