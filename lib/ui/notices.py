"""What the frame says instead of a page, or above every page: no database, an unreadable one, invented data."""

from datetime import datetime

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


def refused(why: str) -> None:
    """What this viewer may see could not be made ready; `why` is one sentence."""
    st.header("There is nothing to show you now", anchor=False)
    st.markdown(why)


def closed(title: str) -> None:
    """The address is that of a page which is not for this viewer."""
    st.header("This page is not open to you", anchor=False)
    st.markdown(f"“{title}” is not among the pages that you may open. The menu above has those that are.")


def synthetic() -> None:
    """The mark of demonstration data, on every page."""
    st.html('<p class="synthetic" role="note"><b>Demonstration data.</b> All names and all answers are invented.</p>')


def others_are_older(others: datetime, own: datetime, *, has_own: bool) -> None:
    """What is told of others waits until whole groups of them have changed; one's own answers do not."""
    yours = f"; your own answers are as of {own:%-d %B %Y, %H:%M}" if has_own else ""
    st.caption(
        f"Figures about {'others' if has_own else 'all of them'} are as of {others:%-d %B %Y, %H:%M}{yours} (UTC). "
        "What is newer is told by whole groups."
    )
