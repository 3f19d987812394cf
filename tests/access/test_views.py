"""What is in the database of each viewer: everything of their own, and nothing that is hidden, wherever one looks."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from lib.access import open_for
from lib.viewer import CITY, PUBLIC, RESEARCHER, Viewer
from lib.warehouse import Warehouse, open_current
from tests.access.conftest import Hidden, hidden_from

EVERYWHERE = (
    "from duckdb_columns()",
    "from duckdb_tables()",
    "from duckdb_views()",
    "from duckdb_types()",
    "select * from duckdb_functions() where not internal",
    "from duckdb_databases()",
    "from duckdb_settings()",
    "from duckdb_indexes()",
    "from duckdb_constraints()",
    "from duckdb_variables()",
    "from duckdb_temporary_files()",
)
OWN_TABLES = ("city", "city_attribute", "assessment", "response", "area_score", "family_score", "city_score")


def everything(warehouse: Warehouse) -> str:
    """Every value of every table, and all that the database says about itself."""
    tables = warehouse.fetch(
        "select schema_name, table_name from duckdb_tables()"
        " union all select schema_name, view_name from duckdb_views() where not internal"
    )
    asked = [f'from "{schema}"."{name}"' for schema, name in tables.itertuples(index=False)]
    return "\n".join(warehouse.fetch(sql).to_csv() for sql in (*asked, *EVERYWHERE))


def test_a_city_finds_nobody_who_is_hidden(seen: Warehouse, hidden: Hidden) -> None:
    assert len(hidden.names) > 20
    assert hidden.found_in(everything(seen)) == []


@pytest.mark.parametrize("role", [RESEARCHER, PUBLIC])
def test_a_stranger_finds_nobody_who_is_hidden(demo_database: Path, role: str) -> None:
    found = everything(open_for(Viewer(role), demo_database))
    assert hidden_from(demo_database).found_in(found) == []


def test_the_whole_database_would_fail_that_search(demo_database: Path, hidden: Hidden) -> None:
    """The search finds what there is to find."""
    found = set(hidden.found_in(everything(open_current(demo_database))))
    assert found == {*hidden.names, *hidden.ids, *hidden.files}


@pytest.mark.parametrize("table", OWN_TABLES)
def test_a_citys_own_rows_are_whole(demo_database: Path, seen: Warehouse, own: str, table: str) -> None:
    there = open_current(demo_database).fetch(f"from {table} where city_id = $own order by all", {"own": own})
    here = seen.fetch(f"from {table} order by all")
    if table == "response":
        there, here = (rows.drop(columns="source_id") for rows in (there, here))
    assert len(there) > 0
    pd.testing.assert_frame_equal(here, there)


def test_every_table_of_the_published_database_is_there_with_its_columns(demo_database: Path, own: str) -> None:
    columns = (
        "select table_name, column_name, comment from duckdb_columns()"
        " where schema_name = 'main' and not internal and table_name <> 'city'"
    )
    published = open_current(demo_database).fetch(columns)
    for viewer in (Viewer(CITY, (own,)), Viewer(RESEARCHER), Viewer(PUBLIC)):
        here = open_for(viewer, demo_database).fetch(columns)
        assert set(map(tuple, published.fillna("").to_numpy())) <= set(map(tuple, here.fillna("").to_numpy()))


def test_every_column_of_a_view_is_told(seen: Warehouse) -> None:
    untold = seen.fetch(
        "select table_name, column_name from duckdb_columns()"
        " where not internal and schema_name = 'main' and comment is null"
    )
    assert untold.empty


def test_a_level_is_computed_by_the_same_rule(demo_database: Path, seen: Warehouse) -> None:
    sql = "select level_position('wwc-2022', 30.0) as level, wilson_low(3, 9) as low, wilson_high(3, 9) as high"
    pd.testing.assert_frame_equal(seen.fetch(sql), open_current(demo_database).fetch(sql))


def test_nothing_leads_back_to_the_published_file(demo_database: Path, seen: Warehouse) -> None:
    path = demo_database.resolve()
    for sql in (
        f"attach '{path}' as published (read_only)",
        f"from read_blob('{path}')",
        "from published.city",
        "from temp.peer",
        "set enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error):
            seen.fetch(sql)


def test_researchers_get_every_assessment_under_a_key(demo_database: Path) -> None:
    whole, here = open_current(demo_database), open_for(Viewer(RESEARCHER), demo_database)
    counts = "select cycle, stage, criterion_id, status, count(*) as n from response group by all order by all"
    pd.testing.assert_frame_equal(here.fetch(counts), whole.fetch(counts))
    panels = (
        "select cities, count(*) as n from (select count(*) as cities from city_score group by city_id) group by all"
    )
    pd.testing.assert_frame_equal(here.fetch(f"{panels} order by all"), whole.fetch(f"{panels} order by all"))


def test_the_order_of_rows_tells_researchers_nothing(demo_database: Path) -> None:
    """Published rows lie in the order of names, or of files; here they lie in the order of the keys."""
    here = open_for(Viewer(RESEARCHER), demo_database)
    for table in OWN_TABLES[:1] + OWN_TABLES[2:]:
        ids = here.fetch(f"from {table}")["city_id"].drop_duplicates()
        assert ids.is_monotonic_increasing, table


def test_the_public_learns_no_rate_of_few_and_no_extreme(demo_database: Path) -> None:
    whole = open_current(demo_database).fetch("from criterion_rate order by all")
    here = open_for(Viewer(PUBLIC), demo_database).fetch("from criterion_rate order by all")
    assert len(here) == (whole["answered"] >= 10).sum() < len(whole)
    extreme = here["met"].isna()
    assert extreme.any()
    assert here.loc[extreme, "pass_rate"].isna().all()
    assert ((here["met"] >= 2) & (here["met"] <= here["answered"] - 2))[~extreme].all()
    assert ((here["low"] == 0) | (here["high"] == 1))[extreme].all()
