"""Cards of the page Intake about what was set aside: each place, and the files themselves with those places marked."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from lib.intake import desk
from lib.queries import about, shown
from lib.standard import Standard
from lib.twins import set_aside as twins
from lib.ui.card import Behind, table_card
from lib.ui.correcting import offer_marked
from lib.ui.database import published
from lib.ui.reading import Reading
from lib.warehouse import Warehouse
from lib.words import counted, number

SHOWN = 200
WORDS_SHOWN = 20
EVERY = 2**31 - 1


def set_aside_cards(reading: Reading, *, correctable: bool) -> bool:
    """What was not understood, each place of it, and, for those who may load, the way to correct it.

    False where nothing was set aside. Demonstration data are not corrected.
    """
    counts = about.rejected_counts(reading.warehouse)
    if counts.empty:
        return False
    _words_card(reading, counts)
    _places_card(reading)
    if correctable and not reading.publication.synthetic:
        _marked_files(reading, counts)
    return True


def _words_card(reading: Reading, counts: pd.DataFrame) -> None:
    table_card(
        twins.words_table(about.odd_words(reading.warehouse, WORDS_SHOWN), reading.standard),
        title=twins.title(counts, reading.standard),
        caption="What stands in the files and was not understood, the most frequent first. "
        "Answers set aside are in no figure of this application.",
        behind=Behind(
            "One row per word that was not understood, and why",
            partial(shown.behind, about.odd_words, reading.warehouse, EVERY),
        ),
        key="rejected-words",
        file_name="not understood",
        whole=lambda: twins.words_table(about.odd_words(reading.warehouse, EVERY), reading.standard),
        selected=False,
    )


def _places_card(reading: Reading) -> None:
    rows = about.set_aside(reading.warehouse, limit=SHOWN)
    told = "All of them." if len(rows) < SHOWN else f"The first {number(len(rows))}; the file holds them all."
    table_card(
        twins.fitting(_with_suggestions(rows, reading.warehouse, reading.standard)),
        title="Where it stands, row by row",
        caption=f"{told} Rows are numbered as a spreadsheet shows them; row 1 is usually the header.",
        behind=Behind(
            "One row per place in the files that was set aside. What is suggested instead comes from the vocabulary",
            partial(shown.behind, about.set_aside, reading.warehouse, EVERY),
        ),
        key="rejected",
        file_name="rejected",
        whole=partial(_every_place, reading),
        selected=False,
    )


def _every_place(reading: Reading) -> pd.DataFrame:
    return _with_suggestions(about.set_aside(reading.warehouse, limit=EVERY), reading.warehouse, reading.standard)


def _with_suggestions(rows: pd.DataFrame, warehouse: Warehouse, standard: Standard) -> pd.DataFrame:
    return twins.places_table(twins.suggested(rows, warehouse.once(_suggestions)), standard)


def _suggestions(warehouse: Warehouse, _about: str) -> Mapping[desk.Cell, str]:
    return desk.suggestions(warehouse.path)


def _marked_files(reading: Reading, counts: pd.DataFrame) -> None:
    """The files as workbooks with the places marked: to be corrected and brought again."""
    files = counts.groupby(["source_id", "file"], sort=False, observed=True)["rows"].sum().reset_index()
    labels = {
        int(number): f"{number}. {file} ({counted(answers, 'answer')} set aside)"
        for number, file, answers in files.itertuples(index=False)
    }
    offer_marked(labels, reading.publication.version, partial(desk.marked, published()))
