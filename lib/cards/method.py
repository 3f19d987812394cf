"""Cards about what the figures rest on: the standard, and the files loaded."""

from functools import partial

from lib.queries import about, shown
from lib.twins import provenance
from lib.ui.card import Behind, table_card
from lib.ui.reading import Reading


def criteria_card(reading: Reading) -> None:
    """Every criterion of the standard with its words."""
    standard = reading.standard
    table_card(
        provenance.criteria_table(standard),
        title=f"{len(standard.criteria)} criteria in {len(standard.areas)} practice areas",
        caption=standard.source,
        behind=Behind(
            "One row per criterion of the standard",
            partial(shown.behind, about.criteria, reading.warehouse, reading.selection),
        ),
        key="standard",
        file_name=f"{standard.id} criteria",
        selected=False,
    )


def sources_card(reading: Reading) -> None:
    """Which files are loaded, and what became of every answer in them."""
    data = about.sources(reading.warehouse)
    table_card(
        provenance.sources_table(data, reading.standard),
        title=provenance.sources_title(data),
        caption="Answers = accepted + superseded (a later answer to the same question came in) + rejected (set aside), "
        "in each file. SHA-256 identifies the file as received.",
        behind=Behind("One row per file loaded", partial(shown.behind, about.sources, reading.warehouse)),
        key="sources",
        file_name="sources",
        selected=False,
    )


def sources_sentence(reading: Reading) -> str:
    """How many files are loaded, and what became of the answers in them."""
    return f"{provenance.sources_title(about.sources(reading.warehouse))}."
