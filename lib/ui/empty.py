"""What a page says when there is nothing to draw: what is missing, and what to change."""

import streamlit as st

from lib.ui.plain import plain


def nothing_here(what: str, change: str) -> None:
    """Say in one sentence what is missing and in a second one what the reader can change."""
    st.info(f"**{plain(what)}** {plain(change)}", icon=":material/filter_alt_off:")


def nobody_here(noun: str) -> None:
    """What a page says when no city is in the selection; `noun` is the standard's word for one."""
    nothing_here(f"No {noun} is in this selection.", "Remove a filter or choose another cycle.")
