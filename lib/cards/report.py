"""The card with the report card: one city on two printed pages, as slides, or as a page that any browser opens."""

from functools import partial

import pandas as pd

from lib.brief.typeset import PAPERS
from lib.peers import Peers
from lib.report.contents import gather
from lib.report.files import card_bytes
from lib.ui.reading import Reading
from lib.ui.taking import Offer, take_away

_NAME = 60
"""So much of a name stands in the name of a file."""
_OTHERS = {
    "pptx": ("PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "html": ("HTML", "text/html"),
}


def report(reading: Reading, city: pd.Series, peers: Peers) -> None:
    """Offer the report card of a city among its peers. `city`: its summary. Made when a button is pressed."""
    made = partial(_made, reading, str(city["city_id"]), peers)
    papers = [Offer(f"PDF, {paper}", "pdf", "application/pdf", partial(made, "pdf", paper)) for paper in PAPERS]
    others = [Offer(name, ending, mime, partial(made, ending)) for ending, (name, mime) in _OTHERS.items()]
    road = ", the road to the next level" if reading.standard.levels else ""
    whole = "" if reading.warehouse.limited else " Its figures of peers are exact: for the programme’s own use."
    take_away(
        "Report card",
        f"Standing, change, gaps{road} and definitions on two pages, among the peers chosen above.{whole}",
        [*papers, *others],
        key="report",
        file_name=f"{str(city['name'])[:_NAME]} report card",
    )


def _made(reading: Reading, city: str, peers: Peers, form: str, paper: str = "A4") -> bytes:
    return card_bytes(gather(reading.warehouse, reading.selection, city, peers), form, paper)
