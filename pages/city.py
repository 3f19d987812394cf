"""Where do we stand against cities like ours, and what do they meet that we do not?"""

import pandas as pd
import streamlit as st

from lib.cards.city import history_card, scores_card, whose_page
from lib.cards.peers import choose_peers
from lib.cards.report import report
from lib.cards.standing import among_peers, finding_and_figures, peers_and_criteria
from lib.cards.ways import ways_card
from lib.peers import Peers
from lib.queries.cities import cities
from lib.queries.city import city_attributes, city_summary
from lib.queries.peers import peer_areas
from lib.twins.standing import total_of
from lib.ui.empty import nobody_here, nothing_here
from lib.ui.plain import plain
from lib.ui.reading import Reading, now


def everybody(reading: Reading) -> None:
    """Before a city is chosen: who stands where."""
    if reading.cities:
        scores_card(reading, cities(reading.warehouse, reading.selection))
    else:
        nobody_here(reading.standard.noun)


def one_city(reading: Reading, city: str, name: str) -> None:
    """One city: its finding and figures among its peers; its history also when it sat this cycle out."""
    known = city_attributes(reading.warehouse, city)
    st.caption(plain(" · ".join(known["value"])))
    ways_card(reading, "city")
    summary = city_summary(reading.warehouse, reading.selection, city)
    if summary.empty:
        missing = f"{name} has no {reading.selection.stage.replace('_', '-')} answers in {reading.selection.cycle}."
        nothing_here(missing, "Choose another cycle, or the other kind of answers.")
        history_card(reading, city, name)
    else:
        assessed(reading, summary.iloc[0], choose_peers(reading, city))


def assessed(reading: Reading, summary: pd.Series, peers: Peers) -> None:
    """What is known of a city that was assessed in the selected cycle and stage, and of its peers."""
    areas = peer_areas(reading.warehouse, reading.selection, summary["city_id"], peers)
    finding_and_figures(reading, summary, peers, total_of(areas))
    if pd.notna(summary["boundary_note"]):
        st.info(f"**At the boundary.** {plain(summary['boundary_note'])}")
    among_peers(reading, summary["city_id"], summary["name"], peers, areas)
    history_card(reading, summary["city_id"], summary["name"])
    peers_and_criteria(reading, summary, peers)
    report(reading, summary, peers)


reading = now()
heading = st.container()
city, name = whose_page(reading)
heading.title(plain(name), anchor=False)
one_city(reading, city, name) if city else everybody(reading)
