"""What the frame says instead of a page, or above every page: no database, an unreadable one, invented data."""

import streamlit as st


def no_database() -> None:
    """There is nothing published yet: the one command that changes this."""
    st.header("There is no data yet", anchor=False)
    st.markdown("Load your survey exports, or build a demonstration cohort with invented cities, and reload this page:")
    st.code("python -m pipelines demo", language=None)


def unreadable() -> None:
    """The published file is not a database this application can read; the details are in the log."""
    st.header("The published database cannot be read", anchor=False)
    st.markdown("It may have been written by another version of the pipeline. Build it again from its sources:")
    st.code("python -m pipelines load", language=None)


def no_assessments() -> None:
    """The database is sound but empty."""
    st.header("The database holds no assessments yet", anchor=False)
    st.markdown("Load a survey export, and this page shows it:")
    st.code("python -m pipelines load answers.csv --standard wwc-2022", language=None)


def synthetic() -> None:
    """The mark of demonstration data, on every page."""
    st.html('<p class="synthetic" role="note"><b>Demonstration data.</b> All names and all answers are invented.</p>')
