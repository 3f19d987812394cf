"""Which criteria fail most and where, what is each worth, and which cities are behind a rate?"""

import streamlit as st

from lib.cards import criteria as cards
from lib.cards.differences import claims_cards, differences_cards
from lib.cards.items import difficulty_card, together_card
from lib.ui.empty import nobody_here, nothing_here
from lib.ui.layout import remark, side_by_side
from lib.ui.links import page_choice
from lib.ui.reading import Reading, now

VIEWS = {
    "rates": ("Pass rates", cards.rates_view),
    "difficulty": ("Difficulty and discrimination", difficulty_card),
    "groups": ("Differences between groups", differences_cards),
    "claims": ("Self-reported against validated", claims_cards),
    "together": ("Which travel together", together_card),
}


def criteria(reading: Reading) -> None:
    """One question about the criteria of an area, of a family, or about all of them."""
    with side_by_side():
        view = page_choice("Show", {id_: name for id_, (name, _) in VIEWS.items()}, key="view")
        kept, rule = cards.criteria_choice(reading)
    if rule:
        remark(rule)
    if kept:
        VIEWS[view][1](reading, kept)
    else:
        nothing_here("No criterion of this practice area is in this family.", "Choose all of the one or the other.")


reading = now()
st.title("Criteria", anchor=False)
if reading.cities:
    criteria(reading)
else:
    nobody_here(reading.standard.noun)
