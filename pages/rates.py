"""How do all of them do together, by criterion and by practice area? What everybody may know."""

import streamlit as st

from lib.cards.published import areas_card, rates_card
from lib.queries.published import published_areas, published_rates
from lib.twins.published import areas_title, published_finding
from lib.ui.empty import nothing_here
from lib.ui.links import page_link
from lib.ui.plain import plain
from lib.ui.reading import Reading, now


def rates(reading: Reading) -> None:
    """The finding, the practice areas, then every criterion."""
    known = published_rates(reading.warehouse, reading.selection)
    areas = published_areas(reading.warehouse, reading.selection)
    if areas.empty:
        nothing_here(
            f"No criterion has {reading.warehouse.minimum_n} answers yet.", "Choose another cycle, if there is one."
        )
        return
    st.header(plain(published_finding(areas)), anchor=False)
    if reading.standard.levels:
        page_link("certified", f"Which {reading.standard.noun_plural} are certified")
    areas_card(reading, areas, areas_title(areas, reading.selection.versus))
    rates_card(reading, known)


reading = now()
st.title("Pass rates", anchor=False)
rates(reading)
