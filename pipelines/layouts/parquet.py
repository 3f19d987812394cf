"""Parquet files: typed columns under their names, read as text."""

# ruff: noqa: S608 — every name and text in this SQL goes through quoting

from pathlib import Path

import duckdb

from pipelines.layouts.bounds import check_columns
from pipelines.layouts.quoting import file_name
from pipelines.layouts.received import HEAD, ParquetScan, Received, Record, Written
from pipelines.layouts.table import LayoutError, cause


def receive(path: Path, name: str, connection: duckdb.DuckDBPyConnection) -> Received:
    """The column names are the first record. Raises LayoutError if DuckDB cannot read the file."""
    try:
        described = connection.execute(
            f"describe select * from read_parquet({file_name(path)}, hive_partitioning = false)"
        )
        names = tuple(str(row[0]) for row in described.fetchall())
        check_columns(len(names), name)
        rows = connection.execute(f"select * from {ParquetScan(path, names).relation(1)} limit {HEAD}").fetchall()
    except duckdb.Error as fault:
        raise LayoutError(f"{name}: is not a Parquet file that can be read: {cause(fault)}") from fault
    data = (Record(number, tuple("" if cell is None else str(cell) for cell in cells)) for number, *cells in rows)
    return Received(name, (Record(1, names), *data), len(names), ParquetScan(path, names), Written("Parquet"))
