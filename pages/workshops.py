"""Which few workshops would help most, and whom?"""

import streamlit as st

from lib.cards.workshops import history_remark, plan_card, taught_card
from lib.queries.workshops import AREAS, CRITERIA, FAMILIES, Offer, workshop_plan
from lib.twins.workshops import only_aim, plan_finding
from lib.ui.empty import nobody_here
from lib.ui.links import go, page_choice, page_step
from lib.ui.plain import plain
from lib.ui.reading import Reading, now
from lib.words import counted, percent

MOST, USUAL = 8, 3
LEVEL, MET = "level", "criteria"


def choices(reading: Reading) -> Offer:
    """How many workshops, of what, for what, and how sure they are to succeed."""
    standard = reading.standard
    units = {CRITERIA: "One criterion each", AREAS: "A practice area each"}
    units |= {FAMILIES: "A family of criteria each"} if standard.families else {}
    aims = {} if only_aim(standard) else {LEVEL: f"Most {standard.noun_plural} up a level"}
    steps = {str(share): percent(share / 100) for share in range(10, 101, 10)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        many = {str(count): counted(count, "workshop") for count in range(1, MOST + 1)}
        workshops = page_choice("How many can you run?", many, key="workshops", default=str(USUAL))
        unit = page_choice("What does a workshop teach?", units, key="view")
        aim = page_choice("What for?", aims | {MET: "Most criteria met"}, key="aim")
    success = page_step("Of those who attend, how many succeed?", steps, key="success", default="100")
    history_remark(reading)
    if why := only_aim(standard):
        st.caption(plain(why))
    return Offer(unit, int(workshops), int(success) / 100, aim == LEVEL)


def planner(reading: Reading) -> None:
    """The finding, what each workshop adds, and who would go up."""
    heading = st.container()
    offer = choices(reading)
    plan = workshop_plan(reading.warehouse, reading.selection, offer)
    finding = plan_finding(
        plan, reading.standard, level=offer.level, success=offer.success, indicative=reading.indicative
    )
    heading.header(plain(finding), anchor=False)
    plan_card(reading, plan, offer)
    if offer.level:
        names = taught_card(reading, plan, offer)
        label = f"Open the page of one of these {reading.standard.noun_plural}"
        if chosen := st.selectbox(label, names, index=None, format_func=lambda id_: names[id_], key="open"):
            go("city", city=chosen)


reading = now()
st.title("Workshops", anchor=False)
if reading.cities:
    planner(reading)
else:
    nobody_here(reading.standard.noun)
