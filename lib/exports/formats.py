"""The formats a table can be taken away in."""

from collections.abc import Callable

from lib.exports.delimited import csv_package
from lib.exports.parquet import parquet_bytes
from lib.exports.table import Export
from lib.exports.workbook import xlsx_bytes

ENDINGS = {"CSV": "zip", "Parquet": "parquet", "Excel": "xlsx"}
_WRITERS: dict[str, Callable[[Export], bytes]] = {"CSV": csv_package, "Parquet": parquet_bytes, "Excel": xlsx_bytes}


def written(label: str, whole: Callable[[], Export]) -> bytes:
    """The file in the format `label`, a key of ENDINGS; `whole` gathers the table now. Raises TooManyRowsError."""
    return _WRITERS[label](whole())
