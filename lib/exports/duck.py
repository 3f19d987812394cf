"""A DuckDB file: the table with its comments, the codebook and the receipt as tables beside it."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd
import pyarrow as pa

from lib.exports.delimited import Digest
from lib.exports.table import Export, described

_PIECE = 2**20


def duckdb_pieces(export: Export) -> Iterator[bytes]:
    """The file; its table is named as the export, e.g. `responses`."""
    with TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder) / "export.duckdb"
        with duckdb.connect(str(path)) as connection:
            _fill(connection, export)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


def _fill(connection: duckdb.DuckDBPyConnection, export: Export) -> None:
    digest = Digest(export.schema)
    blocks = digest.beside(export.blocks())
    reader = pa.RecordBatchReader.from_batches(
        export.schema, (batch for block in blocks for batch in block.to_batches())
    )
    connection.register("rows", reader)
    connection.execute(f"create table {export.name} as from rows")
    connection.unregister("rows")
    receipt = export.receipt.sealed(digest.hexdigest())
    for name, table in {
        "codebook": export.codebook,
        "receipt": pd.DataFrame(receipt.lines(), columns=["fact", "value"], dtype="str"),
    }.items():
        connection.register("given", pa.Table.from_pandas(table, preserve_index=False))
        connection.execute(f"create table {name} as from given")
        connection.unregister("given")
    connection.execute(f"comment on table {export.name} is {_literal(receipt.title)}")
    for column, text in described(export).items():
        place = f'{export.name}."{column.replace(chr(34), chr(34) * 2)}"'
        connection.execute(f"comment on column {place} is {_literal(text)}")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
