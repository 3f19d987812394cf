"""Which cities are mature in which practice area, and which criteria make the difference?"""

import streamlit as st

from lib.cards.heatmap import Order, all_areas, one_area
from lib.ui.empty import nobody_here
from lib.ui.links import page_choice, page_number
from lib.ui.reading import Reading, now

PAGE_SIZE = 50
EVERY = "all"
BY_NAME = {"up": "A to Z", "down": "Z to A"}
BY_NUMBER = {"down": "Highest first", "up": "Lowest first"}


def heatmap(reading: Reading) -> None:
    """Cities × practice areas; inside one area, cities × its criteria."""
    areas = {area.id: area for area in reading.standard.areas}
    names = {id_: area.name for id_, area in areas.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        area = page_choice("Look into", {EVERY: "All practice areas"} | names, key="area")
        sort = page_choice("Order by", {"score": "Score", "name": "Name"} | names, key="sort")
        way = page_choice("Direction", BY_NAME if sort == "name" else BY_NUMBER, key="direction")
    grid = st.container()
    page = page_number(-(-reading.cities // PAGE_SIZE))
    order = Order(sort=sort, descending=way == "down", limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    with grid:
        all_areas(reading, order) if area == EVERY else one_area(reading, areas[area], order)


reading = now()
st.title("Maturity heatmap", anchor=False)
if reading.cities:
    heatmap(reading)
else:
    nobody_here(reading.standard.noun)
