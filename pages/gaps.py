"""What do we not meet, which of it is worth most, and whom can we ask?"""

import streamlit as st

from lib.cards.city import whose_page
from lib.cards.gaps import ORDERS, SHOWN, certified_card, figures, gaps_card, names_of, ordered, sheets
from lib.cards.peers import choose_peers
from lib.cards.ways import nobody_chosen, not_assessed, ways_card
from lib.queries.gaps import city_gaps
from lib.queries.road import own_answers, simulated
from lib.twins.gaps import gaps_finding, leverage_told
from lib.ui.links import page_choice, page_number
from lib.ui.plain import plain
from lib.ui.reading import Reading, now
from lib.ui.scenario import planned


def gaps(reading: Reading, city: str, name: str) -> None:
    """The finding, the figures, then a sheet for each criterion not met, and all of them as a table."""
    warehouse, selection = reading.warehouse, reading.selection
    if own_answers(warehouse, selection, city).empty:
        not_assessed(reading, name)
        return
    told, peers = st.container(), choose_peers(reading, city)
    scenario = planned([criterion.id for criterion in reading.standard.criteria])
    rows = city_gaps(warehouse, selection, city, peers, scenario.effort)
    level = simulated(warehouse, selection, city).next_level
    told.header(plain(gaps_finding(name, rows, level=level)), anchor=False)
    if rows.empty:
        return
    figures(rows, scenario, level)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rows = ordered(rows, page_choice("In the order of", ORDERS, key="sort"))
    st.caption(plain(f"{leverage_told(reading.standard)}."))
    names = names_of(reading, city, peers)
    listed = st.container()
    page = page_number(-(-len(rows) // SHOWN))
    with listed:
        sheets(reading, rows.iloc[(page - 1) * SHOWN : page * SHOWN], scenario, names, level)
    if warehouse.limited:
        certified_card(reading, city, peers)
    gaps_card(reading, (city, name, peers), rows, names)


reading = now()
heading = st.container()
city, name = whose_page(reading)
heading.title(plain(f"{name}: gaps" if city else "Gaps"), anchor=False)
ways_card(reading, "gaps")
if city:
    gaps(reading, city, name)
else:
    nobody_chosen(reading)
