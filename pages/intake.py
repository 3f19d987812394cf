"""What is loaded, what was set aside, who has not answered what, and what would these new files change?"""

import streamlit as st

from lib.cards import intake
from lib.cards.method import sources_card
from lib.ui.empty import nobody_here
from lib.ui.links import page_number
from lib.ui.reading import Reading, now
from lib.viewer import may_upload

PAGE_SIZE = 50


def loaded(reading: Reading) -> None:
    """Which files are in the database, and every cell of them that was set aside."""
    st.header("What is loaded", anchor=False)
    sources_card(reading)
    if not intake.rejected_card(reading):
        st.markdown("**Nothing was rejected:** every answer in these files was understood.")


def answered(reading: Reading) -> None:
    """Who has not answered what, worst first, and who is missing altogether."""
    st.header("Who has not answered what", anchor=False)
    if not reading.cities:
        nobody_here(reading.standard.noun)
        return
    shown = st.container()
    page = page_number(-(-reading.cities // PAGE_SIZE))
    with shown:
        intake.coverage_card(reading, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    intake.silent_card(reading)


def upload(reading: Reading) -> None:
    """Bring files, see what they are and what they would change, and only then publish."""
    st.header("Load answers", anchor="load-answers")
    if may_upload():
        intake.upload_area(reading)
    else:
        st.markdown("Files are loaded by the programme's managers; here, loading is switched off.")


reading = now()
st.title("Intake", anchor=False)
if may_upload():
    st.markdown("[Load answers](#load-answers) at the end of this page.")
answered(reading)
loaded(reading)
upload(reading)
