"""The query window: nothing runs before the reader says so, an answer is shown with its files, a chart leads here."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.ui.asking import LONGEST_LINK
from lib.viewer import PUBLIC
from lib.window.running import SHOWN
from tests.pages.conftest import Open, screen


def run(app: AppTest, sql: str) -> AppTest:
    app.text_area(key="_sql").set_value(sql)
    return app.button(key="send-sql").click().run()


def test_a_link_fills_the_box_and_runs_nothing(
    opened: Open, demo_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> None:
        pytest.fail("A link ran its statement.")

    monkeypatch.setattr("lib.ui.querying.answered", never)
    app = opened(demo_database, "query", sql="select 1")
    assert app.text_area(key="_sql").value == "select 1"
    assert not app.dataframe


def test_the_reader_runs_it_and_the_address_has_it(opened: Open, demo_database: Path) -> None:
    app = run(opened(demo_database, "query"), "select area_id from area order by all")
    assert app.subheader[-1].value.replace("\xa0", " ") == "8 rows"
    assert app.dataframe[0].value["area_id"].tolist()[0] == "DM"
    assert [button.proto.label for button in app.get("download_button")] == ["CSV", "Parquet"]
    app.run()
    assert "".join(app.query_params["sql"]) == "select area_id from area order by all"
    assert len(app.dataframe) == 1


def test_many_rows_are_said_to_be_the_first(opened: Open, demo_database: Path) -> None:
    app = run(opened(demo_database, "query"), "from response")
    assert app.subheader[-1].value == f"The first {SHOWN:,} rows; there are more"
    assert len(app.dataframe[0].value) == SHOWN


@pytest.mark.parametrize("sql", ["drop table city", "from 'x.csv'", "select nope from city", "select 1; select 2", ""])
def test_what_is_refused_is_a_sentence(opened: Open, demo_database: Path, sql: str) -> None:
    app = run(opened(demo_database, "query"), sql)
    assert "**No answer.**" in "".join(element.value for element in app.markdown)
    assert not app.dataframe
    assert not app.exception


def test_examples_are_written_into_the_box(opened: Open, demo_database: Path) -> None:
    app = opened(demo_database, "query", cycle="2024")
    app.button(key="example-0").click().run()
    assert "cycle = '2024'" in app.text_area(key="_sql").value
    assert not app.dataframe


def test_every_table_is_described(opened: Open, demo_database: Path) -> None:
    app = opened(demo_database, "query", table="city_score")
    words = screen(app)
    assert "boundary_note" in words
    assert "rows. One row per" in words
    assert "ENUM" not in words


@pytest.mark.parametrize(
    ("page", "params", "key"), [("overview", {}, "levels"), ("heatmap", {"order": "pattern"}, "heatmap")]
)
def test_a_click_on_sql_opens_the_window_with_what_runs_there(
    opened: Open, demo_database: Path, page: str, params: dict[str, str], key: str
) -> None:
    app = opened(demo_database, page, **params)
    app.button(key=f"sql-{key}").click().run()
    sql = app.text_area(key="_sql").value or ""
    assert app.title[0].value == "Query"
    assert sql.startswith("-- ")
    assert "-- One row per" in sql
    assert ("".join(app.query_params.get("sql", "")) == sql) == (len(sql) <= LONGEST_LINK)
    assert not app.dataframe
    assert len(run(opened(demo_database, "query"), sql).dataframe[0].value)


def test_who_has_no_window_is_shown_the_statement(
    opened: Open, demo_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COHORT_VIEWER", PUBLIC)
    app = opened(demo_database, "rates")
    app.button(key="sql-pass-rates").click().run()
    assert "from criterion_rate" in app.code[0].value
