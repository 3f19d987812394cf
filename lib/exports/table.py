"""What leaves the app in a file: the rows, what each column means, and the receipt that says where they come from."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:  # see lib/window/child.py
    import pandas as pd

SHA256 = "SHA-256 of the data"


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

    def sealed(self, digest: str) -> "Receipt":
        """The same with the data's SHA-256, which is known only when they have been read to the end."""
        told = f"{digest} (of the table as CSV: UTF-8 without a byte order mark, the same for every format)"
        return replace(self, facts=(*self.facts, (SHA256, told)))


@dataclass(frozen=True, slots=True)
class Export:
    """One table on its way out. `codebook` has a row per column of the table: column, type, description,
    when_empty.

    `blocks` gives the rows afresh each time it is called, some thousand at a time and with the plain types of
    `schema`. `sql` is the statement behind them, `link` the address that gives them as CSV.
    """

    name: str
    schema: pa.Schema
    blocks: Callable[[], Iterator[pa.Table]]
    codebook: "pd.DataFrame"
    receipt: Receipt
    sql: str = ""
    link: str = ""

    @property
    def rows(self) -> pa.Table:
        """All rows at once, read anew."""
        return pa.concat_tables(self.blocks())


def described(export: Export) -> dict[str, str]:
    """What each column means and, where its cells may be empty, why: for formats with one text for each column."""
    words = export.codebook.itertuples(index=False)
    return {row.column: f"{row.description}{'. Empty: ' + row.when_empty if row.when_empty else ''}" for row in words}


def plain(table: pa.Table) -> pa.Table:
    """The same rows with plain types: text is text, also where it was stored as a category or is missing throughout.

    A category brings all its values along: a file of one country would hold the names of the others' cities. And where
    a number is missing, DuckDB leaves in its place what its memory held before: that would leave in an Arrow file too.
    """
    return pa.table({name: _plain(table[name]) for name in table.column_names})


def regrouped(blocks: Iterable[pa.Table], rows: int) -> Iterator[pa.Table]:
    """The same rows cut after every `rows` of them, however they came."""
    held: list[pa.Table] = []
    for block in blocks:
        held.append(block)
        while sum(part.num_rows for part in held) >= rows:
            whole = pa.concat_tables(held)
            yield whole.slice(0, rows)
            held = [whole.slice(rows)]
    if any(part.num_rows for part in held):
        yield pa.concat_tables(held)


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
    if pa.types.is_null(kind) or pa.types.is_large_string(kind):
        return column.cast(pa.string())
    numbers = pa.types.is_primitive(kind) and not pa.types.is_interval(kind)
    return _wiped(column) if numbers and column.null_count else column


def _wiped(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Zeros in memory where a number is missing; without pandas, which pa.scalar would ask for."""
    zero = pa.Array.from_buffers(column.type, 1, [None, pa.py_buffer(bytes(8))])[0]
    return pc.if_else(pc.is_valid(column), pc.fill_null(column, zero), pa.nulls(1, column.type)[0])
