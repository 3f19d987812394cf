"""Where the published database is."""

import os
from pathlib import Path

_DEFAULT = Path(__file__).parents[2] / "data" / "cohort.duckdb"


def published() -> Path:
    """The public name of the database: the environment variable COHORT_DATABASE, else data/cohort.duckdb."""
    return Path(os.environ.get("COHORT_DATABASE") or _DEFAULT)
