"""Sentences one under another, each its own point."""

from collections.abc import Sequence

import streamlit as st

from lib.ui.plain import plain


def points(sentences: Sequence[str]) -> None:
    """A list of sentences computed from the data; nothing is drawn for none."""
    if sentences:
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))
