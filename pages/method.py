"""What do the figures mean, and under which standard?"""

from pathlib import Path

import streamlit as st

from lib.access import may_open
from lib.cards.method import criteria_card, sources_sentence
from lib.twins.provenance import levels_table, standard_sentence
from lib.ui.links import page_link
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
    """Where the files are told that these figures rest on: on one page, for everybody."""
    st.header("The data", anchor=False)
    st.markdown(sources_sentence(reading))
    page_link("intake", "Which files are loaded, what was set aside and why, and who has not answered what")


reading = now()
st.title("Method", anchor=False)
st.markdown(METHOD.read_text(encoding="utf-8").partition("\n")[2])
standard(reading)
if may_open(reading.warehouse.viewer, "intake"):  # the other views do not have the files as they came
    data(reading)
