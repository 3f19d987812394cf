"""Which cities are mature in which practice area, and which criteria make the difference?"""

import streamlit as st

from lib.cards.heatmap import NAME, PATTERN, SCORE, STANDARD, View, all_areas, some_criteria
from lib.queries.families import AREAS, FAMILIES
from lib.ui.empty import nobody_here
from lib.ui.links import page_choice, page_number
from lib.ui.reading import Reading, now

PAGE_SIZE = 50
EVERY, CRITERIA = "all", "criteria"
WAYS = {
    NAME: {"up": "A to Z", "down": "Z to A"},
    PATTERN: {"down": "Strongest end first", "up": "Weakest end first"},
}
BY_NUMBER = {"down": "Highest first", "up": "Lowest first"}
COLUMNS = {STANDARD: "Standard’s order", SCORE: "Highest rate first", NAME: "Name", PATTERN: "Pattern"}


def heatmap(reading: Reading) -> None:
    """Cities × practice areas, families or criteria."""
    areas = {area.id: area.name for area in reading.standard.areas}
    families = {family.id: family.name for family in reading.standard.families}
    wholes = {EVERY: "All practice areas", CRITERIA: "All criteria"}
    wholes |= {FAMILIES: "Families across areas"} if families else {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        part = page_choice("Look into", wholes | areas | families, key="area")
        rows = page_choice("Order rows by", {SCORE: "Score", NAME: "Name", PATTERN: "Pattern"} | areas, key="order")
        way = page_choice("Direction", WAYS.get(rows, BY_NUMBER), key="direction")
        columns = page_choice(
            "Order columns by", COLUMNS, key="columns", default=PATTERN if rows == PATTERN else STANDARD
        )
    grid = st.container()
    offset = (page_number(-(-reading.cities // PAGE_SIZE)) - 1) * PAGE_SIZE
    view = View(rows, columns, descending=way == "down", limit=PAGE_SIZE, offset=offset)
    with grid:
        if part in (EVERY, FAMILIES):
            all_areas(reading, view, FAMILIES if part == FAMILIES else AREAS)
        else:
            named = {CRITERIA: "All areas"} | areas | families
            some_criteria(reading, view, None if part == CRITERIA else part, named[part])


reading = now()
st.title("Maturity heatmap", anchor=False)
if reading.cities:
    heatmap(reading)
else:
    nobody_here(reading.standard.noun)
