"""Give me the table, filtered, with its dictionary, so that somebody else can repeat my result."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from lib.exports.formats import ENDINGS, written
from lib.exports.gather import PREVIEW_ROWS, file_stem, gather, offered
from lib.exports.table import Export
from lib.exports.workbook import ROWS_MOST
from lib.ui.empty import nobody_here
from lib.ui.links import page_choice
from lib.ui.plain import plain
from lib.ui.reading import Reading, now

ASKED = ("warehouse", "selection", "choices", "standard", "cities")


def export(reading: Reading) -> None:
    """A table of the selection: how much it is, the files, its first rows, what each column means."""
    with st.container(width=320):
        name = page_choice("Table", offered(reading.standard), key="table")
    whole = partial(gather, name, **{field: getattr(reading, field) for field in ASKED})
    shown = whole(limit=PREVIEW_ROWS)
    facts = dict(shown.receipt.facts)
    st.markdown(f"**{facts['rows']} rows, {shown.rows.num_columns} columns.** {plain(facts['selection'])}.")
    about = reading.publication
    stem = file_stem(name, reading.selection, about.version, synthetic=about.synthetic)
    downloads(whole, stem, too_long=int(facts["rows"].replace(",", "")) > ROWS_MOST)
    st.caption(f"The first {shown.rows.num_rows} rows. The files hold all of them.")
    st.dataframe(shown.rows, hide_index=True, placeholder="", key="preview")
    st.header("Codebook", anchor=False)
    st.table(shown.codebook)
    with st.expander("Receipt: what each file says about itself"):
        st.table(dict(shown.receipt.lines()))


def downloads(whole: Callable[[], Export], stem: str, *, too_long: bool) -> None:
    """A button per format; nothing is built before it is asked for."""
    with st.container(horizontal=True):
        for label, ending in ENDINGS.items():
            st.download_button(
                label,
                data=partial(written, label, whole),
                file_name=f"{stem}.{ending}",
                on_click="ignore",
                icon=":material/download:",
                disabled=too_long and label == "Excel",
                key=f"download-{ending}",
            )


reading = now()
st.title("Export", anchor=False)
if reading.cities:
    export(reading)
else:
    nobody_here(reading.standard.noun)
