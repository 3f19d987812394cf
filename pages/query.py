"""May I ask the tables myself? One statement, reading only, on what I may see."""

import streamlit as st

from lib.ui.querying import answer_card, examples_card, statement_card, tables_card
from lib.ui.reading import Reading, now
from lib.window.running import SECONDS, SHOWN

_ABOUT = (
    f"SQL as DuckDB speaks it: one statement, which reads. It is stopped after {SECONDS:.0f} seconds, and the first "
    f"{SHOWN:,} rows are shown. A link to this page holds the statement and never runs it by itself."
)


def query(reading: Reading) -> None:
    """The box with its answer, beside it the tables."""
    st.caption(_ABOUT)
    left, right = st.columns([3, 2], gap="large")
    with left:
        examples_card(reading)
        statement_card(reading)
    with right:
        tables_card(reading)
    answer_card(reading)


reading = now()
st.title("Query", anchor=False)
query(reading)
