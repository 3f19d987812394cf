"""Where does the cohort stand, and what has changed since the compared cycle?"""

import streamlit as st

from lib.cards.brief import brief
from lib.cards.overview import area_cycles, area_groups, changes, levels
from lib.findings import overview_finding
from lib.queries import figures
from lib.queries.families import AREAS, FAMILIES
from lib.queries.near import near_blockers
from lib.twins.cards import overview_cards
from lib.ui.empty import nobody_here
from lib.ui.figures import KeyFigure, key_figures
from lib.ui.links import page_choice
from lib.ui.plain import plain
from lib.ui.reading import Reading, now

CYCLES = "cycle"
COLUMNS = {AREAS: "Practice areas", FAMILIES: "Families across areas"}


def overview(reading: Reading) -> None:
    """The finding and its figures, then the charts behind them."""
    selection, standard = reading.selection, reading.standard
    counts, versus = figures.key_figures(reading.warehouse, selection), selection.versus
    gaps = near_blockers(reading.warehouse, selection)
    finding = overview_finding(counts, gaps, standard, indicative=reading.indicative)
    st.header(plain(finding), anchor=False)
    key_figures(
        [KeyFigure(*card) for card in overview_cards(counts, standard, indicative=reading.indicative, versus=versus)]
    )
    if standard.levels:
        levels(reading)
    split = practice_areas(reading)
    if versus:
        changes(reading, versus)
    brief(reading, split)


def practice_areas(reading: Reading) -> str:
    """Practice areas, or families across them, by cycle or by whatever splits the cities; by what."""
    rows, columns = {CYCLES: "Cycle"} | reading.splits, AREAS
    with st.container(horizontal=True, width=660):
        split = page_choice("By", rows, key="split")
        if reading.standard.families:
            columns = page_choice("Columns", COLUMNS, key="columns")
    if split == CYCLES:
        area_cycles(reading, columns)
    else:
        area_groups(reading, split, rows[split], columns)
    return split


reading = now()
st.title("Overview", anchor=False)
if reading.cities:
    overview(reading)
else:
    nobody_here(reading.standard.noun)
