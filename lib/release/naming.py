"""Where the release of a database is."""

import re
from pathlib import Path

_VERSION = re.compile(r"\.\d{8}T\d{12}$")


def release_of(database: Path) -> Path:
    """`cohort.duckdb` and each of its versions (`cohort.<version>.duckdb`) have `cohort.release.duckdb` beside them."""
    return database.with_name(f"{_VERSION.sub('', database.stem)}.release.duckdb")
