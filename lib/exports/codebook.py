"""The codebook: what each column of a file means, from the comments that the pipeline wrote into the database."""

import pandas as pd
import pyarrow as pa

from lib.exports.table import type_word

# Where a file's column has a better name than the database's: the table and column that it comes from.
_RENAMED = {"city": ("city", "name"), "area": ("area", "name"), "family": ("family", "name")}

# The tables that a file's columns come from, the one that gives its rows first.
_TABLES = {
    "responses": ("response", "criterion", "assessment", "city"),
    "area_scores": ("area_score", "area", "assessment", "city"),
    "family_scores": ("family_score", "family", "assessment", "city"),
    "city_scores": ("city_score", "assessment", "level", "city"),
    "criterion_rates": ("criterion_rate", "criterion"),
}


def codebook(name: str, rows: pa.Table, comments: pd.DataFrame) -> pd.DataFrame:
    """One row per column of `rows`, the table `name`: column, type, description.

    `comments` has one row per column of the database: table, column, comment.
    """
    known = dict(zip(zip(comments["table"], comments["column"], strict=True), comments["comment"], strict=True))
    described = [(field.name, type_word(field.type), _meaning(name, field.name, known)) for field in rows.schema]
    return pd.DataFrame(described, columns=["column", "type", "description"], dtype="str")


def _meaning(name: str, column: str, known: dict[tuple[str, str], str]) -> str:
    places = [_RENAMED[column]] if column in _RENAMED else [(table, column) for table in _TABLES[name]]
    return next((known[place] for place in places if place in known), "Not described in the database.")
