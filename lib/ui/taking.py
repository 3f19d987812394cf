"""Files that readers take away whole, side by side, each made only once somebody asks for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from lib.ui.card import name_of_file
from lib.ui.plain import plain


@dataclass(frozen=True, slots=True)
class Offer:
    """One file: what its button says, its ending and kind, and what makes it."""

    label: str
    ending: str
    mime: str
    made: Callable[[], bytes]


def take_away(title: str, about: str, offers: Sequence[Offer], *, key: str, file_name: str) -> None:
    """Buttons under a title and a sentence. Files are named `file_name`, then as those of the cards are."""
    with st.container(border=True, key=f"card-{key}"):
        st.subheader(plain(title), anchor=False)
        st.caption(plain(about))
        with st.container(horizontal=True):
            for place, offer in enumerate(offers):
                st.download_button(
                    offer.label,
                    data=offer.made,
                    file_name=f"{name_of_file(file_name)}.{offer.ending}",
                    mime=offer.mime,
                    on_click="ignore",
                    icon=":material/download:",
                    key=f"take-{key}-{place}",
                )
