"""The script that Streamlit runs for every page: navigation, then the shared choices, then the page, then the footer.

The order is deliberate. Choices drawn before `st.navigation` lose the reader's first click and drop a value that came
with the URL at the first change of page.
"""

import logging
from html import escape

import streamlit as st

from lib.access import may_open, open_for
from lib.pages_first import drawing
from lib.queries.about import publication
from lib.queries.choices import read_choices
from lib.queries.cities import city_names
from lib.queries.figures import cohort_size
from lib.queries.standards import read_standard
from lib.selection import Choices, Selection
from lib.ui import sidebar
from lib.ui.assets import ICON_FILE
from lib.ui.database import published
from lib.ui.heard import settle
from lib.ui.index_page import TITLE
from lib.ui.links import FIRST, PAGES, own_page
from lib.ui.notices import (
    closed,
    no_assessments,
    no_database,
    others_are_older,
    refused,
    synthetic,
    unreadable,
)
from lib.ui.reading import Publication, Reading, during
from lib.viewer import CITY, PROGRAMME, PUBLIC, RESEARCHER, Viewer, viewer
from lib.warehouse import Warehouse, WarehouseMissing, WarehouseRefused, WarehouseUnreadable
from lib.words import listed, road_title

log = logging.getLogger(__name__)

# By section of the navigation, in the reader's order. Pages without a section are one click away; a section is a menu,
# and does not say which of its pages is open, so it holds only what a reader comes for now and then.
PAGES_SHOWN = {
    "": {
        "overview": ("Overview", ":material/monitoring:"),
        "heatmap": ("Maturity heatmap", ":material/grid_on:"),
        "criteria": ("Criteria", ":material/checklist:"),
        "rates": ("Pass rates", ":material/checklist:"),
        "change": ("Change", ":material/trending_up:"),
        "near": ("Nearly there", ":material/stairs:"),
        "workshops": ("Workshops", ":material/school:"),
        "next_step": ("Usual next step", ":material/moving:"),
    },
    "City": {
        "city": ("Standing", ":material/location_city:"),
        "gaps": ("Gaps", ":material/format_list_numbered:"),
        "road": ("Next level", ":material/signpost:"),
        "compare": ("Compare", ":material/compare_arrows:"),
    },
    "Data": {
        "certified": ("Certified", ":material/workspace_premium:"),
        "intake": ("Intake", ":material/inbox:"),
        "export": ("Export", ":material/download:"),
        "query": ("Query", ":material/terminal:"),
        "method": ("Method", ":material/menu_book:"),
    },
}

_SEEN_AS = {PROGRAMME: "the programme", CITY: "a {noun} ({names})", RESEARCHER: "a researcher", PUBLIC: "the public"}
_NAMED = 3


def show() -> None:
    """Run the page that the reader asked for, inside the frame."""
    st.set_page_config(page_icon=str(ICON_FILE), layout="wide")
    reader = viewer()
    warehouse = _warehouse(reader)
    choices = read_choices(warehouse) if warehouse else Choices()
    page = st.navigation(_pages(choices, reader), position="top" if warehouse else "hidden")
    st.set_page_config(page_title=f"{page.title} – {TITLE}")
    if warehouse and not may_open(reader, page.url_path or FIRST):
        _turn_away(page, reader)
    settle(page.url_path, sidebar.bound(choices))
    if warehouse and reader.role != PUBLIC and not _cycles(choices):
        no_assessments()
    elif warehouse:
        _inside(_reading(warehouse, choices), page)


def _turn_away(page: st.Page, reader: Viewer) -> None:
    """From a page that is closed to the reader: from the start page to their own first one, else with a sentence."""
    if not page.url_path:
        own = next(name for pages in PAGES_SHOWN.values() for name in pages if may_open(reader, name))
        st.switch_page(PAGES / f"{own}.py", query_params=dict(st.query_params))
    closed(page.title)
    st.stop()


def _inside(reading: Reading, page: st.Page) -> None:
    if reading.publication.synthetic:
        synthetic()
    _told_when(reading)
    if _cycles(reading.choices):
        sidebar.restate(reading)
    with during(reading):
        page.run()
    _footer(reading)


def _told_when(reading: Reading) -> None:
    """Where others are seen by a release that is older than the data, say so."""
    about = reading.publication
    if about.others_as_of < about.built_at:
        others_are_older(about.others_as_of, about.built_at, has_own=reading.warehouse.viewer.role == CITY)


def _cycles(choices: Choices) -> bool:
    """Is there any cycle to choose?"""
    return any(standard.cycles for standard in choices.standards)


def _pages(choices: Choices, reader: Viewer) -> dict[str, list[st.Page]]:
    """Every page by section; the pages about one city stand under the standard's word for what it assesses.

    Closed pages are known, so that their address can say so, and not shown. With few pages all are one click away.
    """
    standard = choices.standard(st.query_params.get("standard") or "")
    titles = {"road": road_title(levels=bool(standard.levels))}
    named = {"City": standard.noun.capitalize() if reader.role == PROGRAMME else ""}
    named |= {"Data": ""} if reader.role == PUBLIC else {}
    sections: dict[str, list[st.Page]] = {}
    for section, pages in PAGES_SHOWN.items():
        shown = named.get(section, section)
        sections.setdefault(shown, []).extend(
            own_page(name, titles.get(name, title), icon, shown=may_open(reader, name))
            for name, (title, icon) in pages.items()
        )
    return sections


def _warehouse(reader: Viewer) -> Warehouse | None:
    """What this reader may see of the database as it stands now; None when there is nothing and they were told so."""
    try:
        return open_for(reader, published())
    except WarehouseMissing:
        no_database()
    except WarehouseUnreadable:
        log.exception("The published database cannot be read")
        unreadable()
    except WarehouseRefused as fault:
        refused(str(fault))
    return None


def _reading(warehouse: Warehouse, choices: Choices) -> Reading:
    nothing = not _cycles(choices)  # the public, where too few answered
    selection = Selection.from_params({}, choices) if nothing else sidebar.choose(choices, limited=warehouse.limited)
    cities, total = cohort_size(warehouse, selection)
    return Reading(
        warehouse=warehouse,
        selection=selection,
        choices=choices,
        standard=read_standard(warehouse, selection.standard),
        publication=warehouse.once(_publication),
        cities=cities,
        cities_total=total,
        sentence=_sentence(warehouse, selection, choices, cities),
    )


def _sentence(warehouse: Warehouse, selection: Selection, choices: Choices, cities: int) -> str:
    """The selection in words: with how many cities, or for a city's viewer with the names of their own."""
    counted, between, rest = selection.describe(choices, cities).partition(" in the ")
    own = _own(warehouse, selection.standard)
    return f"{own or counted}{between}{rest}"


def _own(warehouse: Warehouse, standard: str) -> str:
    """The names of the viewer's own cities."""
    return listed(list(city_names(warehouse, standard)["name"]), _NAMED) if warehouse.viewer.role == CITY else ""


def _publication(warehouse: Warehouse, _: str) -> Publication:
    row = publication(warehouse).iloc[0]
    built, others = (row.get(name, row["built_at"]).to_pydatetime() for name in ("built_at", "others_as_of"))
    return Publication(str(row["version"]), built, others, bool(row["synthetic"]))


def _footer(reading: Reading) -> None:
    standard, about = reading.standard, reading.publication
    name = escape(f"{standard.name}, {standard.version}")
    built = f"{about.built_at:%-d %B %Y, %H:%M} UTC"
    own = _own(reading.warehouse, standard.id)
    seen = _SEEN_AS[reading.warehouse.viewer.role].format(noun=standard.noun, names=own)
    st.html(
        f'<footer class="about"><span>{name}</span><span>Seen as: {escape(seen)}</span>'
        f"<span>Data version {about.version}, built {built}</span></footer>"
    )


with drawing():
    show()
