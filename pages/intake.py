"""Load new answers; what is loaded, what was set aside and how to correct it, and who has not answered what."""

import streamlit as st

from lib.cards import intake
from lib.cards.method import sources_card
from lib.cards.set_aside import set_aside_cards
from lib.ui.empty import nobody_here
from lib.ui.links import page_number
from lib.ui.reading import Reading, now
from lib.viewer import may_upload

PAGE_SIZE = 50
STEPS = "Bring files, see how they are read and what they would change. **Nothing changes before you publish.**"
CLOSED = "Files are loaded by the programme's managers; here, loading is switched off."


def upload(reading: Reading) -> None:
    """Bring files, see what they are and what they would change, and only then publish."""
    st.header("Load answers", anchor="load-answers")
    st.markdown(STEPS)
    intake.upload_area(reading)


def loaded(reading: Reading) -> None:
    """Which files the figures rest on, and every place in them that was set aside."""
    st.header("What is loaded", anchor=False)
    sources_card(reading)
    st.header("What was set aside", anchor="set-aside")
    if not set_aside_cards(reading, correctable=may_upload()):
        st.markdown("Nothing: every answer in these files was understood.")


def answered(reading: Reading) -> None:
    """Who has not answered what, worst first, and who is missing altogether."""
    st.header("Who has not answered what", anchor="not-answered")
    if not reading.cities:
        nobody_here(reading.standard.noun)
        return
    shown = st.container()
    page = page_number(-(-reading.cities // PAGE_SIZE))
    with shown:
        intake.coverage_card(reading, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    intake.silent_card(reading)


reading = now()
st.title("Intake", anchor=False)
if may_upload():
    upload(reading)
else:
    st.markdown(CLOSED)
loaded(reading)
answered(reading)
