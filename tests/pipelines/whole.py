"""Everything a client can see of a database, to be compared with that of one built from all sources at once."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from lib.standard import Standard
from pipelines.progress import silent
from pipelines.publish import published_version
from pipelines.rebuild import rebuild
from pipelines.sources import manifest_path, now, read_manifest, store_of
from pipelines.workshop import Places, Publication

RELATIONS = """
    select schema_name, table_name from duckdb_tables() where not internal
    union all
    select schema_name, view_name from duckdb_views() where not internal
    order by all
"""
SHAPES = {
    "columns": "select schema_name, table_name, column_name, data_type, comment from duckdb_columns()",
    "types": "select schema_name, type_name, labels from duckdb_types() where not internal",
    "macros": "select function_name, macro_definition from duckdb_functions() where not internal",
    "tables": "select schema_name, table_name, comment from duckdb_tables()",
    "views": "select schema_name, view_name, comment, sql from duckdb_views() where not internal",
}
TOLD_BY_BUILD = "main.publication"  # version and time


def built_at_once(database: Path, standards: Mapping[str, Standard]) -> dict[str, list[Any]]:
    """What a database would hold that is built from all sources of the published one."""
    store = store_of(database)
    manifest = read_manifest(manifest_path(store, published_version(database) or ""))
    with tempfile.TemporaryDirectory() as folder:
        places = Places(Path(folder) / "whole.duckdb", store, Path(folder) / "scratch")
        places.scratch.mkdir()
        rebuild(manifest, standards, Publication("whole", now()), places, silent)
        return content(places.building)


def content(path: Path) -> dict[str, list[Any]]:
    """The rows of every table in an order of their own, and every type, macro and comment."""
    with duckdb.connect(path, read_only=True) as connection:
        found = {name: sorted(map(repr, connection.execute(ask).fetchall())) for name, ask in SHAPES.items()}
        for schema, table in connection.execute(RELATIONS).fetchall():
            rows = connection.execute(f'from {schema}."{table}"').fetchall()
            found[f"{schema}.{table}"] = sorted(repr(tuple(map(_plain, row))) for row in rows)
    del found[TOLD_BY_BUILD]
    return found


def _plain(value: object) -> object:
    """Sums of weights depend on the order of adding, here as in two builds from the same sources."""
    return round(value, 12) if isinstance(value, float) else value
