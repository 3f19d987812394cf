"""What would we score and reach with a few more criteria met, and which are the fewest?"""

import streamlit as st

from lib.cards.city import whose_page
from lib.cards.peers import choose_peers
from lib.cards.road import boxes, outcome, road_card, scenario_card
from lib.cards.ways import nobody_chosen, not_assessed, pages_about, ways_card
from lib.queries.gaps import city_gaps
from lib.queries.road import own_answers, simulated
from lib.twins.road import area_headings, road_finding, scenario_table
from lib.ui.layout import remark
from lib.ui.plain import plain
from lib.ui.reading import Reading, now
from lib.ui.scenario import planned


def road(reading: Reading, city: str, name: str) -> None:
    """The finding, what the ticks come to, the shortest road, and a box for each criterion not met."""
    warehouse, selection, standard = reading.warehouse, reading.selection, reading.standard
    answers = own_answers(warehouse, selection, city)
    if answers.empty:
        not_assessed(reading, name)
        return
    told, peers = st.container(), choose_peers(reading, city)
    scenario = planned([criterion.id for criterion in standard.criteria])
    gaps = city_gaps(warehouse, selection, city, peers, scenario.effort)
    scenario = scenario.among(gaps.loc[gaps["status"] != "blocked", "criterion_id"])
    as_is = simulated(warehouse, selection, city)
    plan = simulated(warehouse, selection, city, scenario.ticks)
    told.header(plain(road_finding(name, as_is, plan, standard, scenario)), anchor=False)
    outcome(reading, as_is, plan)
    if gaps.empty:
        remark("Nothing is left to tick: every criterion that was asked is met.")
        return
    way = road_card(reading, city, peers, as_is, scenario)
    boxes(reading, gaps, area_headings(answers, scenario, plan), scenario, way)
    scenario_card(reading, (city, name, peers), gaps, scenario_table(gaps.sort_values("position"), scenario, plan, way))


reading = now()
heading = st.container()
city, name = whose_page(reading)
title = pages_about(reading.standard)["road"]
heading.title(plain(f"{name}: {title.lower()}" if city else title), anchor=False)
ways_card(reading, "road")
if city:
    road(reading, city, name)
else:
    nobody_chosen(reading)
