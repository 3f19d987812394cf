"""Tables on their way out: rows of a test's own, and those of a demo database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from lib.exports.codebook import COLUMNS
from lib.exports.gather import gather
from lib.exports.request import Request
from lib.exports.table import Export, Receipt, plain, type_word
from lib.queries.choices import read_choices
from lib.queries.figures import cohort_size
from lib.queries.standards import read_standard
from lib.selection import Choices, Params, Selection
from lib.standard import Standard
from lib.warehouse import Warehouse, open_current

BUILT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "<&>\"'", "a,b;c\nd", "São Aurélio", "_x0041_", "", None]


def export(rows: pa.Table, cut: int = 5) -> Export:
    """The rows as an export of responses, in blocks of `cut` rows."""
    columns = [(field.name, type_word(field.type), f"What {field.name} means.", "") for field in rows.schema]
    facts = (
        ("selection", "All"),
        ("standard", "s: Standard, version 1"),
        ("database version", "v"),
        ("rows", str(rows.num_rows)),
    )
    receipt = Receipt("Responses", facts, (("cycle", "2026"),), BUILT, synthetic=True)
    codebook = pd.DataFrame(columns, columns=list(COLUMNS), dtype="str")
    starts = range(0, max(rows.num_rows, 1), cut)
    return Export("responses", rows.schema, lambda: (rows.slice(start, cut) for start in starts), codebook, receipt)


def mixed() -> pa.Table:
    """Every type that occurs, with what is hard to write, and something missing in each column."""
    count = len(HOSTILE)
    return plain(
        pa.table(
            {
                "evidence": HOSTILE,
                "city_id": pa.array(["a", "b"] * (count // 2)).dictionary_encode(),
                "population": pa.array([None, *range(1, count)], pa.int32()),
                "share": pa.array([None, *(1 / n for n in range(1, count))]),
                "updated_at": pa.array([None, *[datetime(2025, 1, 2, 3, 4, 5)] * (count - 1)], pa.timestamp("us")),
                "is_new": pa.array([None, *[True, False] * 5, True]),
                "note": pa.nulls(count),
            }
        )
    )


@dataclass(frozen=True)
class Asked:
    """A database, what may be asked of it, and a selection."""

    warehouse: Warehouse
    choices: Choices
    selection: Selection

    @property
    def standard(self) -> Standard:
        return read_standard(self.warehouse, self.selection.standard)

    def gather(self, table: str = "responses", shape: str = "long", *columns: str, limit: int | None = None) -> Export:
        return self.request(Request(table, shape, columns, limit))

    def request(self, request: Request) -> Export:
        cities, _ = cohort_size(self.warehouse, self.selection)
        return gather(
            request,
            warehouse=self.warehouse,
            selection=self.selection,
            choices=self.choices,
            standard=self.standard,
            cities=cities,
        )


Ask = Callable[..., Asked]


def ask(database: Path, params: Params) -> Asked:
    warehouse = open_current(database)
    choices = read_choices(warehouse)
    return Asked(warehouse, choices, Selection.from_params(params, choices))


@pytest.fixture
def asked(demo_database: Path) -> Asked:
    """A selection of two countries of the demo."""
    choices = ask(demo_database, {}).choices
    countries = next(attribute for attribute in choices.attributes if attribute.id == "country").values[:2]
    return ask(demo_database, {"country": list(countries)})
