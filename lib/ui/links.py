"""Ways between pages, and a page's own choices. The shared selection lives in the URL and travels by itself.

A page's own choice lives in the URL too, under its id (`?area=DM`, `?city=sao-aurelio`), which the reader sees under
a readable name. Streamlit's binding would write the name, so here the URL is read before the widget is drawn and
written when it changes. Streamlit drops these parameters when the reader turns to another page.
"""

from collections.abc import Container, Mapping
from copy import copy
from functools import cache
from pathlib import Path
from typing import Literal

import streamlit as st

from lib.access import may_open
from lib.ui.heard import carry, say
from lib.ui.reading import now

PAGES = Path(__file__).parents[2] / "pages"
FIRST = "overview"
"""The page at the address without a name; whoever may not open it begins with the first one that they may."""
_PAGE = "page"


class _Shown(dict[str, str]):
    """Id → shown text; what is not offered is shown as it is. Streamlit asks for each text twice in every run, and
    there are pages with thousands: a dict answers without a call of Python's.
    """

    def __missing__(self, option: str) -> str:
        return option


def page_link(page: str, label: str, *, help_text: str | None = None, **choices: str) -> None:
    """A link to `pages/<page>.py` that keeps the selection and sets that page's own `choices`; none to a closed one."""
    if may_open(now().warehouse.viewer, page):
        st.page_link(_page(page), label=label, icon="", help=help_text, query_params=choices or None)


def own_page(name: str, title: str, icon: str, *, shown: bool) -> st.Page:
    """`pages/<name>.py` for the navigation of one run, which marks the page that it runs."""
    return copy(_page(name, title, icon, shown=shown))


@cache
def _page(name: str, title: str | None = None, icon: str | None = None, *, shown: bool = True) -> st.Page:
    """Made once: for each page and each link Streamlit would look the file up from the root of the disk."""
    visibility: Literal["visible", "hidden"] = "visible" if shown else "hidden"
    return st.Page(PAGES / f"{name}.py", title=title, icon=icon, default=name == FIRST, visibility=visibility)


def go(page: str, **choices: str) -> None:
    """Turn to `pages/<page>.py` at once, after a click, keeping the selection and setting its own `choices`."""
    carry(**{key: st.session_state[key] for key in st.query_params if key in st.session_state})
    st.switch_page(PAGES / f"{page}.py", query_params=choices)


def stay(**choices: str) -> None:
    """Set some of this page's own choices and draw it again."""
    say(**{_PAGE: None}, **choices)
    st.rerun()


def page_choice(
    label: str,
    options: Mapping[str, str],
    *,
    key: str,
    default: str | None = None,
    help_text: str | None = None,
    named: bool = True,
) -> str:
    """One of `options` (id → shown text), as the URL has it under `key`; what it does not know means the default.

    The default (the first option if none is given) is left out of the URL. Without `named` the label is for
    screen readers only.
    """
    usual = default if default is not None and default in options else next(iter(options))
    chosen, widget = _chosen(key, options, usual)
    st.session_state[widget] = chosen  # in every run: a click before the page is whole would leave it at its default
    st.selectbox(
        label,
        list(options),
        key=widget,
        format_func=_Shown(options).__getitem__,
        on_change=_write,
        args=(key, widget, usual),
        help=help_text,
        label_visibility="visible" if named else "collapsed",
    )
    return chosen


def page_step(label: str, steps: Mapping[str, str], *, key: str, default: str, help_text: str | None = None) -> str:
    """One of `steps` (id → shown text, in order) on a slider; in the URL like `page_choice`."""
    chosen, widget = _chosen(key, steps, default)
    st.select_slider(
        label,
        list(steps),
        key=widget,
        format_func=_Shown(steps).__getitem__,
        on_change=_write,
        args=(key, widget, default),
        help=help_text,
    )
    return chosen


def not_offered(key: str, options: Container[str]) -> bool:
    """Does the URL ask under `key` for something that is not among the options? `page_choice` takes its default then"""
    asked = st.query_params.get(key)
    return bool(asked) and asked not in options


def page_number(pages: int, key: str = _PAGE) -> int:
    """Which of `pages` pages, 1 unless the URL says otherwise; nothing is drawn where there is only one."""
    asked = st.query_params.get(key) or "1"
    shown = [str(page) for page in range(1, pages + 1)]  # compared as text: a URL may hold a number of any length
    number = shown.index(asked) + 1 if asked in shown else 1
    if pages > 1:
        widget = f"_{key} {number} of {pages}"  # another widget for another state: it takes its default from the URL
        st.pagination(pages, default=number, key=widget, on_change=_write, args=(key, widget, 1))
    return number


def _chosen(key: str, options: Mapping[str, str], usual: str) -> tuple[str, str]:
    """What the URL has under `key`, if it is an option, else the usual one; the widget with this name shows it.

    A widget that shows it already is left alone: the reader may have moved it on since.
    """
    asked, widget = st.query_params.get(key) or usual, f"_{key}"
    chosen = asked if asked in options else usual
    if st.session_state.get(widget) != chosen:
        st.session_state[widget] = chosen
    return chosen, widget


def _write(key: str, widget: str, usual: str | int) -> None:
    """Bring the URL up to date with a widget that has changed; another order begins at its first page."""
    chosen = st.session_state[widget]
    say(**{_PAGE: None, key: None if chosen == usual else str(chosen)})
