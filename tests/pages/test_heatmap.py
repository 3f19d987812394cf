"""The heatmap's orders: every one of them opens on every view, says what it found, and shows the same cities."""

from pathlib import Path

import pytest

from tests.conftest import MakeCohort
from tests.pages.conftest import Open, screen, table_in

VIEWS = ("all", "criteria", "families", "DM")
TABLE = {"all": "heatmap", "families": "heatmap"}


def shown(opened: Open, database: Path, **params: str) -> list[str]:
    """The rows of the table behind the chart, in order."""
    key = TABLE.get(params.get("area", "all"), "criteria-heatmap")
    app = opened(database, "heatmap", **params)
    app.segmented_control(key=f"view-{key}").set_value("Table").run()
    return list(table_in(app, key).iloc[:, 0])


@pytest.mark.parametrize("area", VIEWS)
@pytest.mark.parametrize("columns", ["standard", "score", "name", "pattern"])
def test_every_order_opens_on_every_view(opened: Open, demo_database: Path, area: str, columns: str) -> None:
    app = opened(demo_database, "heatmap", area=area, order="pattern", columns=columns)
    assert len(app.get("bidi_component")) == 1
    words = screen(app)
    assert "Group 1: " in words
    assert ("hierarchical clustering" if area in TABLE else "Coefficient of reproducibility") in words


@pytest.mark.parametrize("area", VIEWS)
def test_a_pattern_moves_rows_and_loses_none(opened: Open, demo_database: Path, area: str) -> None:
    by_name = shown(opened, demo_database, area=area, order="name", direction="up")
    by_pattern = shown(opened, demo_database, area=area, order="pattern")
    assert by_name[0] == by_pattern[0] == "All selected"
    assert len(by_name) == len(by_pattern)
    if len(by_name) <= 50:
        assert sorted(by_name) == sorted(by_pattern)
    assert by_name != by_pattern


def test_the_other_end_first_is_the_same_order_turned(opened: Open, demo_database: Path) -> None:
    few = {"country": "Brazil"}
    down = shown(opened, demo_database, order="pattern", **few)
    up = shown(opened, demo_database, order="pattern", direction="up", **few)
    assert len(down) <= 50
    assert down[1:] == up[:0:-1]


def test_few_cities_have_an_order_but_no_groups(opened: Open, cohort: MakeCohort) -> None:
    answers = [{"city": f"City {n}", "criterion_id": f"DM{k}"} for n in range(4) for k in range(1, 10)]
    words = screen(opened(cohort(answers), "heatmap", order="pattern"))
    assert "too few of them, or too alike, to look for groups" in words
    assert "Group 1" not in words
