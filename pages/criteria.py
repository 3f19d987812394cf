"""Which criteria fail most, how sure is that, and which cities are behind a rate?"""

import pandas as pd
import streamlit as st

from lib.cards.criteria import behind_card, groups_card, rates_card
from lib.queries.criteria import cities_behind, criterion_rates
from lib.twins.cards import criterion_cards
from lib.twins.cohort import in_order
from lib.twins.names import distinct
from lib.twins.statuses import STATUS
from lib.ui.empty import nobody_here
from lib.ui.figures import KeyFigure, key_figures
from lib.ui.links import go, page_choice
from lib.ui.plain import plain
from lib.ui.reading import Reading, now

NOTHING = "nothing"
ORDERS = {"standard": "Order of the standard", "hardest": "Hardest first", "easiest": "Easiest first"}


def criteria(reading: Reading) -> None:
    """Pass rates of all criteria, then one of them with the cities behind it."""
    groups = {NOTHING: "Not split"} | {attribute.id: attribute.name for attribute in reading.choices.attributes}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sort = page_choice("Order by", ORDERS, key="sort")
        split = page_choice("Split by", groups, key="split")
    rates = in_order(criterion_rates(reading.warehouse, reading.selection), sort)
    if split == NOTHING:
        rates_card(reading, rates)
    else:
        groups_card(reading, rates, split, groups[split])
    one_criterion(reading, rates)


def one_criterion(reading: Reading, rates: pd.DataFrame) -> None:
    """One criterion in full: its words, its rate, and who meets it and who does not."""
    st.header("One criterion, and who is behind its rate", anchor=False)
    names = dict(zip(rates["criterion_id"], rates["criterion_id"] + " " + rates["short_name"], strict=True))
    criterion = page_choice("Criterion", names, key="criterion")
    row = rates.set_index("criterion_id", drop=False).loc[criterion]
    st.markdown(f"> {plain(row['text'])}")
    key_figures([KeyFigure(*card) for card in criterion_cards(row, reading.standard, reading.selection.versus)])
    cities = cities_behind(reading.warehouse, reading.selection, criterion)
    present = [status for status in STATUS if status in set(cities["status"])]
    for status, tab in zip(present, st.tabs([STATUS[status] for status in present]), strict=True):
        with tab:
            behind_card(reading, criterion, cities, status)
    label, ids = f"Open the page of one of these {reading.standard.noun_plural}", distinct(cities)
    if chosen := st.selectbox(label, ids, index=None, format_func=ids.__getitem__, key="open"):
        go("city", city=chosen)


reading = now()
st.title("Criteria", anchor=False)
if reading.cities:
    criteria(reading)
else:
    nobody_here(reading.standard.noun)
