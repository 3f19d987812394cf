"""What changed between two cycles: the same cities, who came and left, and which of it is more than chance?"""

import streamlit as st

from lib.cards import change as cards
from lib.cards.comparison import Comparison, comparison
from lib.twins.change import change_finding
from lib.twins.parts import change_cards
from lib.ui.comparing import compared
from lib.ui.empty import nobody_here, nothing_here
from lib.ui.figures import KeyFigure, key_figures
from lib.ui.links import page_choice
from lib.ui.plain import plain
from lib.ui.reading import Reading, now

ORDERS = {"net": "Largest net gain first", "standard": "Order of the standard"}


def change(reading: Reading) -> None:
    """The finding, then the parts it is made of, the ways between levels, the criteria and the cities."""
    if (against := compared(reading)) is None:
        nothing_here("Nothing to compare with.", "Choose a cycle under “Compared with”.")
        return
    about, standard = comparison(reading, against), reading.standard
    finding = change_finding(about.parts, about.cities, standard, about.span, indicative=reading.indicative)
    st.header(plain(finding), anchor=False)
    key_figures([KeyFigure(*card) for card in change_cards(about.cities, standard, about.span)])
    if enough := len(about.parts) > 0:
        cards.parts_card(reading, about)
    if not about.across and about.cities["before"].notna().any():
        levels(reading, about)
    if enough:
        same_cities(reading, about)
    if about.across:
        cards.crosswalk_card(reading, about)


def levels(reading: Reading, about: Comparison) -> None:
    """The ways between levels, and the cities of one of them by name."""
    taken, picture = cards.ways(reading, about), st.container()
    with st.container(width=420):
        label = f"{reading.standard.noun_plural.capitalize()} by name"
        chosen = page_choice(label, taken.options, key="flow", default=taken.usual)
    with picture:
        cards.transitions_card(reading, about, taken, chosen)
    cards.flow_card(reading, about, taken, chosen)


def same_cities(reading: Reading, about: Comparison) -> None:
    """What the same cities gained and lost, criterion by criterion, then who changed most."""
    with st.container(width=320):
        order = page_choice("Order by", ORDERS, key="sort")
    cards.gains_card(reading, about, order)
    cards.movers_card(reading, about)
    cards.named_cards(reading, about)


reading = now()
st.title("Change", anchor=False)
change(reading) if reading.cities else nobody_here(reading.standard.noun)
