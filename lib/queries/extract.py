"""One table of the selection on its way into a file: in one of its shapes, with the columns asked for, block by block.

A long table comes in blocks of cities, so that a million rows need no more memory than the first thousand cities and
the first of them leave at once. Some rows from its middle come from the cities that they belong to, and no others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.queries.cohort import ask, question
from lib.queries.literal import with_values
from lib.queries.rates_by import ORDER, RATES_BY, values_by
from lib.queries.tables import TABLES, Rows
from lib.queries.wide import WIDE, wide
from lib.segments import Segment
from lib.selection import Selection
from lib.standard import Standard
from lib.stats.intervals import newcombe_paired
from lib.stats.testing import mcnemar_exact
from lib.warehouse import Value, Values, Warehouse

LONG = "long"
FIRST, BLOCK = 500, 2000
"""Cities that leave the database together; fewer at first, so that a reader does not wait."""
_COUNTED = """
select city_id, count(*) as rows
from (
{rows}
)
group by city_id
order by enum_code(city_id)
"""
_ATTRIBUTES = "city.* exclude (city_id, name)"
_JOINED = "join city using (city_id)"
_SEGMENT = """
left join (
    select city_id, string_agg(list_extract($segment_names::text[], segment), '; ' order by segment) as segment
    from segments
    group by city_id
) as chosen using (city_id)"""


@dataclass(frozen=True, slots=True)
class Extract:
    """A table (a key of TABLES) of a selection in a shape, with some of its columns (none named = all of them).

    `offset` rows are left out at the beginning, and those after `limit` (None = no end). `by`: rates of the groups of
    that attribute, where the table has rates.
    """

    selection: Selection
    standard: Standard
    table: str
    shape: str = LONG
    columns: tuple[str, ...] = ()
    limit: int | None = None
    offset: int = 0
    by: str = ""

    def schema(self, warehouse: Warehouse) -> pa.Schema:
        """The columns with the database's types; those of the whole table where `columns` is empty."""
        some = (_ANYBODY,) if self.selection.segments else ()
        nobody = Selection(self.selection.standard, "", "", self.selection.versus and "", segments=some)
        whole = warehouse.once(_schema, Extract(nobody, self.standard, self.table, self.shape, by=self.by and "level"))
        return pa.schema([whole.field(name) for name in self.columns or whole.names])

    def count(self, warehouse: Warehouse) -> int:
        """Rows of the whole table, whatever the limit."""
        rows = _rows(self)
        if rows.city:
            return int(_counted(warehouse, self, rows)["rows"].sum())
        counted = f"select count(*) as rows from (\n{rows.select.strip()}\n)"  # noqa: S608 - a text of ours
        return int(ask(warehouse, self.selection, counted, **_values(self, warehouse))["rows"].iloc[0])

    def blocks(self, warehouse: Warehouse) -> Iterator[pa.Table]:
        """The rows in order, some thousand at a time, at least one block (empty where there are no rows)."""
        rows = _rows(self)
        if not rows.city:
            yield _asked(warehouse, self)
            return
        counted = _counted(warehouse, self, rows)
        cuts = list(_cuts(counted["rows"], self.offset, self.limit))
        for cut in cuts:
            cities = {"first": counted["city_id"].iloc[cut.first], "last": counted["city_id"].iloc[cut.last]}
            yield _asked(warehouse, replace(self, offset=cut.skipped, limit=cut.taken), cities)
        if not cuts:
            yield _asked(warehouse, replace(self, limit=0))

    def sql(self, warehouse: Warehouse) -> str:
        """The statement that gives the rows, values in their places, for a reader who has the database."""
        text, values = question(self.selection, _text(self, _rows(self)), _values(self, warehouse))
        return with_values(text, values)


_ANYBODY = Segment("anybody", cities=("",))


def _schema(warehouse: Warehouse, extract: Extract) -> pa.Schema:
    """Columns are those of the version, the shape and the standard, whoever is selected: asked for once."""
    return _asked(warehouse, replace(extract, limit=0)).schema


def _asked(warehouse: Warehouse, extract: Extract, block: Values | None = None) -> pa.Table:
    rows = _rows(extract)
    if block:
        between = f"\nwhere {rows.city} between try_cast($first as city_id) and try_cast($last as city_id)"
        rows = replace(rows, select=rows.select.rstrip() + between)
    values = {**_values(extract, warehouse), **(block or {})}
    found = warehouse.arrow(*question(extract.selection, _text(extract, rows), values))
    if extract.table != "panel_changes":
        return found
    found = _with_intervals(found)
    return found.select(list(extract.columns)) if extract.columns else found


def _counted(warehouse: Warehouse, extract: Extract, rows: Rows) -> pd.DataFrame:
    """One row per city that has any, in the table's order: city_id, rows."""
    text = _COUNTED.format(rows=rows.select.strip())
    return ask(warehouse, extract.selection, text, **_values(replace(extract, limit=None, offset=0), warehouse))


class _Cut(NamedTuple):
    """Cities from `first` to `last`, by their places; rows of theirs to leave out, and to take at most."""

    first: int
    last: int
    skipped: int
    taken: int | None


def _cuts(rows: "pd.Series[int]", offset: int, limit: int | None) -> Iterator[_Cut]:
    """The blocks of cities that the rows asked for belong to; `rows` has how many each city has."""
    ends = rows.cumsum().to_numpy()
    whole = int(ends[-1]) if len(ends) else 0
    end = whole if limit is None else min(offset + limit, whole)
    if end <= offset:
        return
    begin, stop = int(np.searchsorted(ends, offset, "right")), int(np.searchsorted(ends, end)) + 1
    for first, after in pairwise([begin, *range(begin + FIRST, stop, BLOCK), stop]):
        before = int(ends[first - 1]) if first else 0
        skipped = max(offset - before, 0)
        yield _Cut(first, after - 1, skipped, end - before - skipped if ends[after - 1] > end else None)


def _rows(extract: Extract) -> Rows:
    if extract.by:
        return Rows(RATES_BY, ORDER)
    rows = TABLES[extract.table]
    if extract.shape != LONG and extract.table in WIDE:
        rows = wide(extract.table, extract.standard)
    if not (extract.selection.segments and _ATTRIBUTES in rows.select):
        return rows
    told = rows.select.replace(_ATTRIBUTES, f"{_ATTRIBUTES},\n    chosen.segment", 1)
    return replace(rows, select=told.replace(_JOINED, _JOINED + _SEGMENT, 1))


def _text(extract: Extract, rows: Rows) -> str:
    if not extract.columns or extract.table == "panel_changes":
        return rows.sql
    names = ", ".join(quoted(name) for name in extract.columns)
    return f"select {names}\nfrom (\n{rows.sql}\n)"


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _values(extract: Extract, warehouse: Warehouse) -> dict[str, Value]:
    return {
        "limit": extract.limit,
        "offset": extract.offset,
        "minimum": warehouse.minimum_n,
        "segment_names": tuple(segment.name for segment in extract.selection.segments),
        **(values_by(warehouse, extract.selection, extract.by) if extract.by else {}),
    }


def _with_intervals(rows: pa.Table) -> pa.Table:
    """Changes with the 95 % interval of the paired difference and the exact probability, null under the minimum n."""
    columns = ("panel", "kept", "gained", "lost")
    n, kept, gained, lost = (rows[name].to_pandas().to_numpy(np.float64, na_value=np.nan) for name in columns)
    _, low, high = newcombe_paired(kept, gained, lost, n - kept - gained - lost)
    known = ~np.isnan(kept)
    p = np.where(known, mcnemar_exact(np.nan_to_num(gained), np.nan_to_num(lost)), np.nan)
    for name, values in (("low", low), ("high", high), ("p_value", p)):
        rows = rows.append_column(name, pa.array(values, mask=~known))
    return rows
