"""What do the figures mean, under which standard, from which files, and what was set aside?"""

from pathlib import Path

import streamlit as st

from lib.cards.method import criteria_card, rejected_cards, sources_card
from lib.twins.provenance import levels_table, standard_sentence
from lib.ui.plain import plain
from lib.ui.reading import Reading, now

METHOD = Path(__file__).parent.parent / "docs" / "method.md"


def standard(reading: Reading) -> None:
    """The standard as it was when the database was built: its levels, contested scores, criteria."""
    rules = reading.standard
    st.header(plain(f"The standard: {rules.name}, {rules.version}"), anchor=False)
    st.markdown(standard_sentence(rules))
    if rules.levels:
        st.table(levels_table(rules))
    for boundary in rules.boundaries:
        st.markdown(f"**At the boundary.** {plain(boundary.note)}")
    criteria_card(reading)


def data(reading: Reading) -> None:
    """What is loaded, and what was rejected and why."""
    st.header("The data", anchor=False)
    sources_card(reading)
    if not rejected_cards(reading):
        st.markdown("**Nothing was rejected:** every answer in these files was understood.")


reading = now()
st.title("Method and data", anchor=False)
st.markdown(METHOD.read_text(encoding="utf-8").partition("\n")[2])
standard(reading)
data(reading)
