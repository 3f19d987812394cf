"""Cards of the page Method and data: the standard, the files loaded, what was rejected and why."""

from lib.queries import about
from lib.twins import provenance
from lib.ui.card import table_card
from lib.ui.reading import Reading

REJECTED_SHOWN = 200


def criteria_card(reading: Reading) -> None:
    """Every criterion of the standard with its words."""
    standard = reading.standard
    table_card(
        provenance.criteria_table(standard),
        title=f"{len(standard.criteria)} criteria in {len(standard.areas)} practice areas",
        caption=standard.source,
        key="standard",
        file_name=f"{standard.id} criteria",
    )


def sources_card(reading: Reading) -> None:
    """Which files are loaded, and what became of every answer in them."""
    data = about.sources(reading.warehouse)
    table_card(
        provenance.sources_table(data),
        title=provenance.sources_title(data),
        caption="Answers = accepted + superseded + rejected, in each file. SHA-256 identifies the file as received.",
        key="sources",
        file_name="sources",
    )


def rejected_cards(reading: Reading) -> bool:
    """Why input was set aside, and where it stands in its file. False where nothing was."""
    counts = about.rejected_counts(reading.warehouse)
    if counts.empty:
        return False
    table_card(
        provenance.rejected_counts_table(counts),
        title=provenance.rejected_title(counts),
        caption="Rejected answers are in no figure of this application.",
        key="rejected-reasons",
        file_name="rejected by reason",
    )
    rows = about.rejected(reading.warehouse, limit=REJECTED_SHOWN)
    table_card(
        provenance.rejected_table(rows),
        title="What was rejected, row by row",
        caption=f"The first {len(rows)} of {counts['rows'].sum():,}. Row 1 of a file is its header.",
        key="rejected",
        file_name="rejected",
    )
    return True
