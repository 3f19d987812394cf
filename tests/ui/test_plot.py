"""The chart component: what Python sends, what it accepts back, and that a page with it runs without a browser."""

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib import theme
from lib.ui import plot
from lib.ui.plot import Click, assets

PAGE = """
from lib.charts.figure import bar, figure
from lib.ui.plot import plot
clicked = plot(figure([bar(y=[3, 1])], {"height": 123}), key="chart", alt="Two <bars>", title="A finding")
import streamlit as st
st.write(f"clicked {clicked}")
"""


def sent(app: AppTest) -> dict[str, object]:
    given: dict[str, object] = json.loads(app.get("bidi_component")[0].proto.bytes)
    return given


def test_a_page_with_a_chart_runs_in_apptest_and_nothing_is_clicked_yet() -> None:
    app = AppTest.from_string(PAGE).run()
    assert not app.exception
    assert app.markdown[0].value == "clicked None"
    assert (sent(app)["alt"], sent(app)["height"], sent(app)["file"]) == ("Two <bars>", 123, "chart")


def test_the_same_figure_is_the_same_message() -> None:
    first, second = (AppTest.from_string(PAGE).run().get("bidi_component")[0].proto.bytes for _ in range(2))
    assert first == second


def test_every_file_exists_and_its_address_changes_with_its_content() -> None:
    assert all(file.is_file() for file in assets().values())
    assert plot.SCRIPT_URL in assets()
    assert plot.MODULE_URL in assets()
    assert re.fullmatch(r"/assets/plotly-\d+\.\d+\.\d+\.min\.js", plot.SCRIPT_URL)
    assert all(re.search(r"-(\d+\.\d+\.\d+|[0-9a-f]{12})[./]", url) for url in assets())


def test_modules_import_only_files_that_are_served() -> None:
    for url, file in assets().items():
        if file.parent.name == "plot":
            wanted = re.findall(r'from "\./([^"]+)"', file.read_text(encoding="utf-8"))
            assert all(f"{url.rpartition('/')[0]}/{name}" in assets() for name in wanted)


def test_the_page_gets_the_palette_and_no_address_of_elsewhere() -> None:
    module = AppTest.from_string(PAGE).run().get("bidi_component")[0].proto.js_content
    assert f'"{theme.LIGHT.ink}": "{theme.DARK.ink}"' in module
    own = "".join(path.read_text(encoding="utf-8") for path in Path(plot.__file__).parent.glob("*.*s"))
    assert "http" not in module + own
    assert "eval(" not in own


@pytest.mark.parametrize(
    ("given", "click"),
    [
        (None, None),
        ("x", None),
        ({"x": "DM", "y": "lima", "customdata": None}, Click("DM", "lima", None)),
        ({"x": 1.5, "y": None}, Click(1.5, None, None)),
        ({"x": {"$": 1}, "y": ["a"], "customdata": True}, Click(None, None, None)),
    ],
)
def test_only_text_and_numbers_come_back(given: object, click: Click | None) -> None:
    assert plot._click(given) == click
