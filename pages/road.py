"""What would we score and reach with a few more criteria met, and which are the fewest?"""

import streamlit as st

from lib.cards.city import whose_page
from lib.cards.peers import choose_peers
from lib.cards.road import boxes, outcome, road_card, scenario_card
from lib.cards.ways import pages_about, ways_card
from lib.queries.gaps import city_gaps
from lib.queries.road import own_answers, simulated
from lib.twins.road import area_headings, scenario_table
from lib.ui.empty import nothing_here
from lib.ui.plain import plain
from lib.ui.reading import Reading, now
from lib.ui.scenario import planned


def road(reading: Reading, city: str, name: str) -> None:
    """The finding, what the ticks come to, the shortest road, and a box for each criterion not met."""
    warehouse, selection, standard = reading.warehouse, reading.selection, reading.standard
    answers = own_answers(warehouse, selection, city)
    if answers.empty:
        missing = f"{name} has no {selection.stage.replace('_', '-')} answers in {selection.cycle}."
        nothing_here(missing, "Choose another cycle, or the other kind of answers.")
        return
    peers = choose_peers(reading, city)
    scenario = planned([criterion.id for criterion in standard.criteria])
    gaps = city_gaps(warehouse, selection, city, peers, scenario.effort)
    scenario = scenario.among(gaps.loc[gaps["status"] != "blocked", "criterion_id"])
    as_is = simulated(warehouse, selection, city)
    plan = simulated(warehouse, selection, city, scenario.ticks)
    outcome(reading, name, as_is, plan, scenario)
    way = road_card(reading, city, peers, as_is, scenario)
    boxes(reading, gaps, area_headings(answers, scenario, plan), scenario, way)
    scenario_card(reading, name, scenario_table(gaps.sort_values("position"), scenario, plan, way))


reading = now()
heading = st.container()
city, name = whose_page(reading)
title = pages_about(reading.standard)["road"]
heading.title(plain(f"{name}: {title.lower()}" if city else title), anchor=False)
ways_card(reading, "road")
if city:
    road(reading, city, name)
else:
    nothing_here(f"This page is about one {reading.standard.noun}.", "Choose one above.")
