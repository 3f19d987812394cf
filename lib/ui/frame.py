"""The script that Streamlit runs for every page: navigation, then the shared choices, then the page, then the footer.

The order is deliberate. Choices drawn before `st.navigation` lose the reader's first click and drop a value that came
with the URL at the first change of page.
"""

import logging
from html import escape

import streamlit as st

from lib.queries.about import publication
from lib.queries.choices import read_choices
from lib.queries.figures import cohort_size
from lib.queries.standards import read_standard
from lib.selection import Choices
from lib.ui import sidebar
from lib.ui.assets import ICON_FILE
from lib.ui.database import published
from lib.ui.heard import settle
from lib.ui.index_page import TITLE
from lib.ui.links import PAGES
from lib.ui.notices import no_assessments, no_database, synthetic, unreadable
from lib.ui.reading import Publication, Reading, during
from lib.ui.style import style
from lib.warehouse import Warehouse, WarehouseMissing, WarehouseUnreadable, open_current

log = logging.getLogger(__name__)

# By section of the navigation, in the reader's order. Pages without a section are one click away; a section is a menu,
# and does not say which of its pages is open, so it holds only what a reader comes for now and then.
PAGES_SHOWN = {
    "": {
        "overview": ("Overview", ":material/monitoring:"),
        "heatmap": ("Maturity heatmap", ":material/grid_on:"),
        "criteria": ("Criteria", ":material/checklist:"),
        "change": ("Change", ":material/trending_up:"),
        "near": ("Nearly there", ":material/stairs:"),
        "workshops": ("Workshops", ":material/school:"),
        "next_step": ("Usual next step", ":material/moving:"),
        "city": ("City", ":material/location_city:"),
    },
    "Data": {
        "intake": ("Intake", ":material/inbox:"),
        "export": ("Export", ":material/download:"),
        "method": ("Method", ":material/menu_book:"),
    },
}


def show() -> None:
    """Run the page that the reader asked for, inside the frame."""
    st.set_page_config(page_icon=str(ICON_FILE), layout="wide")
    warehouse = _warehouse()
    choices = read_choices(warehouse) if warehouse else Choices()
    page = st.navigation(_pages(choices), position="top" if warehouse else "hidden")
    st.set_page_config(page_title=f"{page.title} – {TITLE}")
    st.html(style())
    settle(page.url_path, sidebar.bound(choices))
    if warehouse and not any(standard.cycles for standard in choices.standards):
        no_assessments()
    elif warehouse:
        _inside(_reading(warehouse, choices), page)


def _inside(reading: Reading, page: st.Page) -> None:
    if reading.publication.synthetic:
        synthetic()
    sidebar.restate(reading)
    with during(reading):
        page.run()
    _footer(reading)


def _pages(choices: Choices) -> dict[str, list[st.Page]]:
    """Every page by section; the page about one city has the name that the standard gives to what it assesses."""
    noun = choices.standard(st.query_params.get("standard") or "").noun.capitalize()
    return {
        section: [_page(name, noun if name == "city" else title, icon) for name, (title, icon) in pages.items()]
        for section, pages in PAGES_SHOWN.items()
    }


def _page(name: str, title: str, icon: str) -> st.Page:
    return st.Page(PAGES / f"{name}.py", title=title, icon=icon, default=name == "overview")


def _warehouse() -> Warehouse | None:
    """The database as it stands now; None when there is none to read and the reader was told so."""
    try:
        return open_current(published())
    except WarehouseMissing:
        no_database()
    except WarehouseUnreadable:
        log.exception("The published database cannot be read")
        unreadable()
    return None


def _reading(warehouse: Warehouse, choices: Choices) -> Reading:
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
    name = escape(f"{standard.name}, {standard.version}")
    built = f"{about.built_at:%-d %B %Y, %H:%M} UTC"
    st.html(
        f'<footer class="about"><span>{name}</span><span>Data version {about.version}, built {built}</span></footer>'
    )


show()
