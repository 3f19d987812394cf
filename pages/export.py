"""Give me the table, filtered, with its dictionary, so that somebody else can repeat my result."""

import streamlit as st

from lib.ui import exporting
from lib.ui.empty import nobody_here, nothing_here
from lib.ui.reading import Reading, now


def export(reading: Reading) -> None:
    """What to take away, how much it is, the file, the first rows, what each column means, and how to repeat it."""
    request, rows, format_ = exporting.ask(reading)
    if request.table == "panel_changes" and not reading.selection.versus:
        nothing_here("Nothing is compared.", "Choose a cycle to compare with.")
        return
    exporting.tell(rows, reading)
    exporting.download(request, rows, format_, reading)
    exporting.show(rows)
    exporting.repeat(rows, reading)


reading = now()
st.title("Export", anchor=False)
if reading.cities:
    export(reading)
else:
    nobody_here(reading.standard.noun)
