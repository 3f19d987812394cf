"""Links between pages. The shared selection lives in the URL and travels by itself; links add only a page's own choice.

A page's own choice is a widget with `bind="query-params"` whose key is its public URL key. Streamlit appends to a
bound key that stands in a link instead of replacing it, so a link may name a key only of the page it leads to.
"""

from pathlib import Path

import streamlit as st

PAGES = Path(__file__).parents[2] / "pages"


def page_link(page: str, label: str, *, help_text: str | None = None, **choices: str) -> None:
    """A link to `pages/<page>.py` that keeps the selection and sets that page's own `choices`."""
    st.page_link(PAGES / f"{page}.py", label=label, help=help_text, query_params=choices or None)


def go(page: str, **choices: str) -> None:
    """Turn to `pages/<page>.py` at once (after a click), keeping the selection and setting its own `choices`."""
    st.switch_page(PAGES / f"{page}.py", query_params=choices or None)


def preset(key: str, value: str | list[str]) -> None:
    """Set a page's own widget from code; call it before the widget is drawn."""
    st.session_state[key] = value
