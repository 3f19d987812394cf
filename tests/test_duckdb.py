"""What we rely on in DuckDB and what 2.0.0 gets wrong, so that a change of the pin is an informed one.

The pin and its reasons: docs/decisions.md.
"""

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest


@pytest.fixture
def dates(tmp_path: Path) -> str:
    path = tmp_path / "dates.csv"
    path.write_text("id,day\n1,2025-01-31\n2,2025-02-31\n3,\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "cast",
    [
        "select id, try_cast(day as date) as day from read_csv($1, all_varchar = true)",
        "select id, try_cast(day as date) as day from read_csv($1, columns = {'id': 'varchar', 'day': 'varchar'})",
    ],
)
def test_a_bad_value_is_null_where_it_is_tried_and_loses_no_row(dates: str, cast: str) -> None:
    """2.0.0 makes a hard cast of it inside the CSV reader, as the raw column is not selected too, and fails."""
    assert duckdb.execute(cast, [dates]).fetchall() == [("1", date(2025, 1, 31)), ("2", None), ("3", None)]


def test_arrays_are_scanned_as_they_are() -> None:
    """The notes of 2.0.1 tell of wrong results when 2.0.0 scans NumPy or pandas; the demo is written by such a scan."""
    random = np.random.default_rng(7)
    lines = {"city": random.integers(0, 5000, 400_000), "met": random.random(400_000) < 0.4}
    with duckdb.connect() as connection:
        connection.register("line", lines)
        found = connection.execute(
            "select city, sum(met::int) from line where city >= 4000 group by city order by city"
        ).fetchall()
    counts = np.bincount(lines["city"], weights=lines["met"], minlength=5000)
    assert found == [(city, int(counts[city])) for city in range(4000, 5000)]
