"""What leaves the app in a file: the rows, what each column means, and the receipt that says where they come from."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a file comes from. `facts` and `filters` are (name, value) pairs in the order they are printed.

    `built_at` is when the database was built: files carry that date and no other, so that the same selection of the
    same database gives the same bytes.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    filters: tuple[tuple[str, str], ...]
    built_at: datetime
    synthetic: bool

    def lines(self) -> list[tuple[str, str]]:
        """Every fact, then every filter, as one list of (name, value)."""
        return [("title", self.title), *self.facts, *((f"filter: {name}", value) for name, value in self.filters)]


@dataclass(frozen=True, slots=True)
class Export:
    """One table on its way out. `codebook` has a row per column of `rows`: column, type, description."""

    name: str
    rows: pa.Table
    codebook: pd.DataFrame
    receipt: Receipt


def plain(table: pa.Table) -> pa.Table:
    """The same rows with plain types: text is text, also where it was stored as a category or is missing throughout."""
    return pa.table({name: _plain(table[name]) for name in table.column_names})


def type_word(column: pa.DataType) -> str:
    """The type of a column in a reader's words."""
    if pa.types.is_integer(column):
        return "whole number"
    if pa.types.is_floating(column):
        return "number"
    if pa.types.is_boolean(column):
        return "true or false"
    return "date and time (UTC)" if pa.types.is_temporal(column) else "text"


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return pc.cast(column, kind.value_type).cast(pa.string())
    is_text = pa.types.is_null(kind) or pa.types.is_large_string(kind)
    return column.cast(pa.string()) if is_text else column
