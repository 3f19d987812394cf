"""Everything that belongs in a file about one table of the selection, gathered from one published database."""

from lib.exports.codebook import codebook
from lib.exports.receipt import write_receipt
from lib.exports.table import Export, plain
from lib.queries import about, tables
from lib.selection import Choices, Selection
from lib.standard import Standard
from lib.warehouse import Warehouse

TITLES = {
    "responses": "Responses",
    "area_scores": "Area scores",
    "family_scores": "Family scores",
    "city_scores": "Scores and levels",
    "criterion_rates": "Criterion rates",
}
PREVIEW_ROWS = 100


def offered(standard: Standard) -> dict[str, str]:
    """The tables that there are for a standard: those of families only where it has some."""
    return {name: title for name, title in TITLES.items() if standard.families or name != "family_scores"}


def gather(
    name: str,
    *,
    warehouse: Warehouse,
    selection: Selection,
    choices: Choices,
    standard: Standard,
    cities: int,
    limit: int | None = None,
) -> Export:
    """The table `name` (a key of TITLES) of the selection with its codebook and receipt.

    `cities` is the size of the cohort. With a `limit` the rows are its first ones, for a preview; the receipt is
    that of the whole table.
    """
    rows = plain(tables.rows_as_arrow(warehouse, selection, name, limit))
    receipt = write_receipt(
        f"{TITLES[name]}, {standard.name} {standard.version}",
        rows=tables.row_counts(warehouse, selection)[name],
        cities=cities,
        selection=selection,
        choices=choices,
        standard=standard,
        publication=about.publication(warehouse),
        sources=about.sources(warehouse),
    )
    return Export(name, rows, codebook(name, rows, about.codebook(warehouse)), receipt)


def file_stem(name: str, selection: Selection, version: str, *, synthetic: bool) -> str:
    """A file name that says what is inside: standard, table, cycle, stage, database version, and if it is invented."""
    parts = (selection.standard, name, selection.cycle, selection.stage, version)
    return "_".join((*parts, *(["demonstration-data"] if synthetic else []))).replace("/", "-")
