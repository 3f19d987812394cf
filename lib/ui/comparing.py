"""With what the Change page compares: the sidebar's cycle, or a cycle of another version of the standard."""

import pandas as pd
import streamlit as st

from lib.queries.crosswalk import Against, other_cycles
from lib.ui.links import page_choice
from lib.ui.reading import Reading

SAME, _KEY = "same", "across"
_WORDINGS = {"all": "Also reworded and widened criteria", "alike": "Only criteria worded alike"}


def compared(reading: Reading) -> Against | None:
    """What to compare with; None = nothing. The choice is drawn only where a crosswalk leads to another standard."""
    selection = reading.selection
    usual = Against(selection.standard, selection.versus) if selection.versus else None
    others = other_cycles(reading.warehouse, selection)
    if others.empty:
        return usual
    labels = _labels(others)
    known = {f"{row.standard_id} {row.cycle}": (row.standard_id, row.cycle) for row in others.itertuples()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = page_choice(
            "Compare with", {SAME: f"{selection.versus or 'Nothing'}, this standard"} | labels, key=_KEY
        )
        if asked == SAME:
            return usual
        alike = page_choice("Criteria", _WORDINGS, key="wording") == "alike"
    return Against(*known[asked], alike=alike)


def elsewhere(reading: Reading) -> str:
    """The cycle of another standard that the page compares with, whatever the sidebar says; usually nothing."""
    asked = st.query_params.get(_KEY)
    return _labels(other_cycles(reading.warehouse, reading.selection)).get(asked, "") if asked else ""


def _labels(others: pd.DataFrame) -> dict[str, str]:
    return {f"{row.standard_id} {row.cycle}": f"{row.cycle}, {row.name}, {row.version}" for row in others.itertuples()}
