"""The script that Streamlit runs for every page: navigation, then the shared choices, then the page, then the footer.

The order is deliberate. Choices drawn before `st.navigation` lose the reader's first click and drop a value that came
with the URL at the first change of page.
"""

import logging

import streamlit as st

from lib.queries.about import publication
from lib.queries.choices import read_choices
from lib.queries.figures import cohort_size
from lib.queries.standards import read_standard
from lib.ui import sidebar
from lib.ui.assets import ICON_FILE
from lib.ui.database import published
from lib.ui.index_page import TITLE
from lib.ui.links import PAGES, arrive
from lib.ui.notices import no_assessments, no_database, synthetic, unreadable
from lib.ui.reading import Publication, Reading, during
from lib.ui.style import style
from lib.warehouse import Warehouse, WarehouseMissing, WarehouseUnreadable, open_current

log = logging.getLogger(__name__)

TITLES = {
    "overview": ("Overview", ":material/monitoring:"),
    "heatmap": ("Maturity heatmap", ":material/grid_on:"),
    "criteria": ("Criteria", ":material/checklist:"),
    "city": ("City", ":material/location_city:"),
    "export": ("Export", ":material/download:"),
    "method": ("Method and data", ":material/menu_book:"),
}


def show() -> None:
    """Run the page that the reader asked for, inside the frame."""
    st.set_page_config(page_icon=str(ICON_FILE), layout="wide")
    page = st.navigation([_page(name) for name in TITLES], position="top")
    st.set_page_config(page_title=f"{page.title} – {TITLE}")
    st.html(style())
    if reading := _reading():
        if reading.publication.synthetic:
            synthetic()
        sidebar.restate(reading)
        with during(reading):
            page.run()
        _footer(reading)


def _page(name: str) -> st.Page:
    title, icon = TITLES[name]
    return st.Page(PAGES / f"{name}.py", title=title, icon=icon, default=name == "overview")


def _reading() -> Reading | None:
    """The database as it stands and what the reader asks of it; None when the reader was told why there is nothing."""
    try:
        warehouse = open_current(published())
        return _asked(warehouse)
    except WarehouseMissing:
        no_database()
    except WarehouseUnreadable:
        log.exception("The published database cannot be read")
        unreadable()
    return None


def _asked(warehouse: Warehouse) -> Reading | None:
    arrive()
    choices = read_choices(warehouse)
    if not any(standard.cycles for standard in choices.standards):
        no_assessments()
        return None
    selection = sidebar.choose(choices)
    cities, total = cohort_size(warehouse, selection)
    return Reading(
        warehouse=warehouse,
        selection=selection,
        choices=choices,
        standard=read_standard(warehouse, selection.standard),
        publication=_publication(warehouse),
        cities=cities,
        cities_total=total,
        sentence=selection.describe(choices, cities),
    )


def _publication(warehouse: Warehouse) -> Publication:
    row = publication(warehouse).iloc[0]
    return Publication(str(row["version"]), row["built_at"].to_pydatetime(), bool(row["synthetic"]))


def _footer(reading: Reading) -> None:
    standard, about = reading.standard, reading.publication
    built = f"{about.built_at:%-d %B %Y, %H:%M} UTC"
    st.html(
        f'<footer class="about"><span>{standard.name}, {standard.version}</span><span>Data version {about.version}, '
        f"built {built}</span></footer>"
    )


show()
