"""What separates us from a few others, area by area and criterion by criterion?"""

import streamlit as st

from lib.cards.city import whose_page
from lib.cards.compare import areas_card, criteria_card, public_card
from lib.cards.peers import choose_peers
from lib.cards.ways import nobody_chosen, not_assessed, ways_card
from lib.charts import MOST_COMPARED
from lib.queries.compare import comparable, compared_areas, compared_criteria, nearest
from lib.queries.road import own_answers
from lib.twins.compare import compare_finding, parted, short_names
from lib.ui.many import page_many
from lib.ui.plain import plain
from lib.ui.reading import Reading, now


def compare(reading: Reading, city: str, name: str) -> None:
    """The finding, the choice of whom to compare with, the areas, then the criteria, differences first."""
    warehouse, selection = reading.warehouse, reading.selection
    if own_answers(warehouse, selection, city).empty:
        not_assessed(reading, name)
        return
    told, peers = st.container(), choose_peers(reading, city)
    offered = comparable(warehouse, selection, city)
    asked = [id_ for id_ in (st.query_params.get("with") or "").split(",") if id_ in offered]
    usual = nearest(warehouse, selection, city, peers)
    what = "groups" if warehouse.limited else reading.standard.noun_plural
    label = f"Compare with up to {MOST_COMPARED} {what}"
    others = page_many(label, offered, key="with", chosen=asked or usual, placeholder="Names", most=MOST_COMPARED)
    rows = compared_criteria(warehouse, selection, city, others)
    names = {city: name} | short_names({id_: offered[id_] for id_ in others if (rows["who"] == id_).any()})
    parts = parted(rows, city)
    finding = compare_finding(parts, name, len(names) - 1, groups=warehouse.limited)
    told.header(plain(finding), anchor=False)
    areas_card(reading, compared_areas(warehouse, selection, city, others), names)
    for kind, part in parts.items():
        if len(part):
            criteria_card(reading, rows, part, names, kind)
    if warehouse.limited:
        public_card(reading)


reading = now()
heading = st.container()
city, name = whose_page(reading)
heading.title(plain(f"{name}: compare" if city else "Compare"), anchor=False)
ways_card(reading, "compare")
if city:
    compare(reading, city, name)
else:
    nobody_chosen(reading)
