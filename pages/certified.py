"""Who is certified, with which level and since when? Announced, so everybody may know."""

import streamlit as st

from lib.cards.certified import by_card, levels_row, list_card
from lib.queries.certification import certified_attributes, certified_cities
from lib.twins.certified import certified_finding
from lib.ui.empty import nothing_here
from lib.ui.links import page_choice
from lib.ui.plain import plain
from lib.ui.reading import Reading, now
from lib.viewer import told_of_certified

LATEST, EVERY = "latest", "every"
CYCLE = "cycle"


def certified(reading: Reading) -> None:
    """The finding, how many hold each level and where, then everybody by name."""
    standard = reading.standard
    everyone = certified_cities(reading.warehouse, reading.selection)
    if everyone.empty:
        nothing_here(
            f"No {standard.noun} has been announced as certified.",
            "The list appears here once the programme has published one.",
        )
        return
    latest = everyone[everyone["latest"]]
    attributes = certified_attributes(reading.warehouse, told_of_certified())
    st.header(plain(certified_finding(latest, standard)), anchor=False)
    levels_row(latest, standard)
    with st.container(horizontal=True, width=520):
        which = {LATEST: "Latest only", EVERY: "Every certification"}
        every = page_choice("Certifications", which, key="view") == EVERY
        names = dict(zip(attributes["attribute_id"], attributes["name"], strict=True)) | {CYCLE: "Cycle"}
        by = page_choice("Count by", names, key="split")
    shown = everyone if every else latest
    by_card(reading, shown, attributes, by, every=every)
    list_card(reading, shown, attributes, every=every)


reading = now()
st.title("Certified", anchor=False)
certified(reading)
