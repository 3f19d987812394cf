"""The database about itself: what was loaded, what was set aside and why, and what each column means."""

import pandas as pd

from lib.queries.cohort import ask
from lib.selection import Selection
from lib.warehouse import Warehouse

_PUBLICATION = "select * from publication"
_SOURCES = "select * from source order by source_id"
_SET_ASIDE = """
select source_id, file, row, "column", value, reason, expected, answers
from set_aside
order by source_id, row, "column"
limit $limit offset $offset
"""
_REJECTED_COUNTS = """
select source_id, file, reason, count(*) as rows
from rejected
group by source_id, file, reason
order by source_id, rows desc, reason
"""
_ODD_WORDS = """
select reason, value, any_value(expected) as expected, count(*) as answers, count(distinct source_id) as files
from rejected
group by reason, value
order by answers desc, reason, value
limit $limit
"""
_CODEBOOK = """
select table_name as "table", column_name as "column", data_type as type, comment
from duckdb_columns()
where schema_name = 'main' and not internal and database_name = current_database()
order by table_name, column_index
"""
_TABLES = """
select table_name as "table", comment
from duckdb_tables()
where schema_name = 'main' and not internal and database_name = current_database()
order by table_name
"""
_LEVELS = """
select level, position, minimum, band
from level
where standard_id = try_cast($standard as standard_id)
order by position
"""
_BOUNDARIES = "select score, note from boundary where standard_id = try_cast($standard as standard_id) order by score"
_CRITERIA = """
select
    area.area_id,
    area.name as area,
    criterion.criterion_id,
    criterion.short_name,
    criterion.text,
    criterion.position,
    criterion.weight,
    criterion.reworded_later
from criterion
join area using (standard_id, area_id)
where criterion.standard_id = try_cast($standard as standard_id)
order by criterion.position
"""


def publication(warehouse: Warehouse) -> pd.DataFrame:
    """One row: version, built_at (UTC), synthetic, pipeline_version, duckdb_version; in a city's and the public's
    database others_as_of too (UTC).
    """
    return warehouse.fetch(_PUBLICATION)


def sources(warehouse: Warehouse) -> pd.DataFrame:
    """One row per file loaded, in order of loading; answers = accepted + superseded + rejected."""
    return warehouse.fetch(_SOURCES)


def set_aside(warehouse: Warehouse, limit: int = 50, offset: int = 0) -> pd.DataFrame:
    """One row per place that was set aside, in file order: source_id, file, row, column, value, reason, expected, and
    how many answers went with it (a record without a city takes all of its answers along).
    """
    return warehouse.fetch(_SET_ASIDE, {"limit": limit, "offset": offset})


def rejected_counts(warehouse: Warehouse) -> pd.DataFrame:
    """One row per file and reason, most frequent first: source_id, file, reason, rows (answers set aside)."""
    return warehouse.fetch(_REJECTED_COUNTS)


def odd_words(warehouse: Warehouse, limit: int) -> pd.DataFrame:
    """One row per reason and what stands there, most frequent first: reason, value, expected, answers, files."""
    return warehouse.fetch(_ODD_WORDS, {"limit": limit})


def codebook(warehouse: Warehouse) -> pd.DataFrame:
    """One row per column of the database: table, column, type, comment."""
    return warehouse.fetch(_CODEBOOK)


def tables(warehouse: Warehouse) -> pd.DataFrame:
    """One row per table of the database: table, comment."""
    return warehouse.fetch(_TABLES)


def levels(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per level of the standard, lowest first: level, position, minimum, band."""
    return ask(warehouse, selection, _LEVELS)


def boundaries(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per score whose level is contested: score, note."""
    return ask(warehouse, selection, _BOUNDARIES)


def criteria(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per criterion, in the standard's order.

    area_id, area, criterion_id, short_name, text, position, weight, reworded_later.
    """
    return ask(warehouse, selection, _CRITERIA)
