"""The data dictionary: every table and column of the database in its own words, as Markdown."""

from lib.exports.codebook import ADDED
from lib.exports.empties import EMPTY_NOTE
from lib.exports.statistical import LETTERS, STATUSES
from lib.queries.about import codebook, tables
from lib.warehouse import Warehouse

_HEAD = """# Data dictionary

What every table and column of the published database means: the comments that the pipeline writes into it, so any
client of DuckDB shows the same words. Made by `.venv/bin/python -m pipelines dictionary`; a test compares.

`city` has one more column for each attribute that the files tell. How the tables are taken away: the page Export,
[analysts](analysts.md).
"""

_FILES = """## Columns that only files have

{note} In SPSS and Stata files such a cell is a missing value with a label of its own: {codes}.

| column | meaning |
|---|---|
"""


def dictionary(warehouse: Warehouse) -> str:
    """One section per table, in the order of their names, with a row per column."""
    columns = codebook(warehouse)
    attributes = set(warehouse.fetch("select attribute_id from attribute")["attribute_id"])
    sections = [_HEAD]
    for table, comment in tables(warehouse).itertuples(index=False):
        rows = columns[columns["table"] == table]
        told = [
            f"| `{row.column}` | {_kind(row.type)} | {_cell(row.comment)} |"
            for row in rows.itertuples()
            if table != "city" or row.column not in attributes
        ]
        sections.append("\n".join([f"## {table}\n\n{comment}.\n\n| column | type | meaning |\n|---|---|---|", *told]))
    sections.append(_FILES.format(note=EMPTY_NOTE, codes=_codes()) + _added())
    return "\n\n".join(section.strip() for section in sections) + "\n"


def _added() -> str:
    return "\n".join(f"| `{column}` | {_cell(text)} |" for column, text in ADDED.items())


def _codes() -> str:
    return ", ".join(f"`{word}` {code} and .{LETTERS[code]}" for word, code in STATUSES.items() if code in LETTERS)


def _kind(kind: str) -> str:
    """The type without the values of an enumeration, which are those of one database."""
    return "category" if kind.startswith("ENUM") else kind.lower()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
