"""Where things stand on a page, for the cards: side by side, behind tabs, as a heading or a quotation."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager

import streamlit as st

from lib.ui.plain import plain


def side_by_side() -> AbstractContextManager[object]:
    """What is drawn within stands in one row, its feet level, and wraps where the screen is narrow."""
    return st.container(horizontal=True, vertical_alignment="bottom")


def tabbed(names: Mapping[str, str]) -> Iterator[str]:
    """Each id in turn, while what is drawn goes behind the tab with its name; nothing where there are no names."""
    for id_, tab in zip(names, st.tabs(list(names.values())) if names else (), strict=True):
        with tab:
            yield id_


def section(title: str) -> None:
    """The heading of a part of the page."""
    st.header(plain(title), anchor=False)


def part(title: str) -> None:
    """The heading of a smaller part of the page."""
    st.subheader(plain(title), anchor=False)


def attention(text: str, lead: str = "") -> None:
    """What must not be missed, in a box; `lead` stands in bold before it."""
    st.info(" ".join(filter(None, [f"**{plain(lead)}**" if lead else "", plain(text)])))


def quotation(text: str) -> None:
    """Words that are the standard's, not ours."""
    st.markdown(f"> {plain(text)}")


def remark(*texts: str) -> None:
    """A sentence beside a choice or a chart, in small type; several are a line each."""
    st.caption("  \n".join(map(plain, texts)))


def chosen_of(label: str, options: Mapping[str, str], key: str) -> str | None:
    """One of `options` (id → shown text) that the reader has just picked, else None; not kept in the address."""
    return st.selectbox(label, list(options), index=None, format_func=lambda id_: options.get(id_, id_), key=key)
