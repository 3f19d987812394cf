"""The runner: the SQL statements of a folder, one per file, in the order of their names."""

from functools import cache
from pathlib import Path

import duckdb

MODELS = Path(__file__).parent / "models"
CHECKS = Path(__file__).parent / "checks"


@cache
def statements(folder: Path) -> tuple[tuple[str, str], ...]:
    """(name, SQL) of each file of a folder."""
    return tuple((path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.sql")))


def run_models(connection: duckdb.DuckDBPyConnection, step: str, *names: str) -> None:
    """Run one step of the build: a folder of models, or those named of it."""
    for name, statement in statements(MODELS / step):
        if not names or name in names:
            connection.execute(statement)
