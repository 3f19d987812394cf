"""The query window: nothing runs before the reader says so, an answer is shown with its files, a chart leads here."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib.queries.literal import with_values
from lib.ui.asking import LONGEST_LINK
from lib.warehouse import open_current
from lib.window.running import SHOWN, answered
from tests.pages.conftest import Open, screen

ALL_PAGES = (
    ("overview", {}),
    ("heatmap", {}),
    ("heatmap", {"area": "DM", "country": ["Brazil", "Chile"]}),
    ("criteria", {}),
    ("change", {}),
    ("near", {}),
    ("next_step", {}),
)


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


@pytest.mark.parametrize(("page", "params"), ALL_PAGES)
def test_a_chart_leads_to_its_question_which_runs(
    opened: Open, demo_database: Path, monkeypatch: pytest.MonkeyPatch, page: str, params: dict[str, Any]
) -> None:
    asked: list[tuple[str, Any]] = []
    monkeypatch.setattr("lib.ui.card.open_query", lambda *question: asked.append(question))
    app = opened(demo_database, page, **params)
    buttons = [button.key for button in app.button if button.key and button.key.startswith("sql-")]
    assert buttons
    app.button(key=buttons[0]).click().run()
    sql = with_values(*asked[0])
    assert "$" not in sql
    assert len(sql) < LONGEST_LINK
    assert answered(sql, open_current(demo_database)).rows.num_rows


def test_a_click_on_sql_opens_the_window(opened: Open, demo_database: Path) -> None:
    app = opened(demo_database, "overview")
    app.button(key="sql-levels").click().run()
    assert app.title[0].value == "Query"
    assert app.text_area(key="_sql").value.startswith("with ")
