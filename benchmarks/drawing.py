"""A click to a painted chart in Chromium: our chart component in our server against Streamlit's own, the same figures.

    .venv/bin/python -m benchmarks.drawing [--database FILE] [--clicks 20] [--sizes 50x8 200x43]

Two pages of one button and one chart. The bare one is `streamlit run` with `st.plotly_chart`; ours draws the same
figure with `lib.ui.plot` in the tuned server. Neither asks a database: figures are made beforehand, a different one
for each click. Both pages in turns in one run. Targets: 0.59 of the bare page for 50 rows × 8 areas, 0.63 for
200 rows × 43 criteria (80 of 135 ms and 110 of 175 ms on the machine that set them).
"""

import argparse
import pickle
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import plotly.graph_objects as go
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browser import PAINTED, ROOT, ROWS, SETTINGS, WATCH, chromium, report, serving
from lib import charts
from lib.charts.figure import Figure
from lib.queries.areas import area_grid_by_city
from lib.queries.choices import read_choices
from lib.queries.criteria import criteria_grid
from lib.selection import Selection
from lib.warehouse import Warehouse, open_current
from pipelines.demo import build

CITIES, CYCLES, SEED = 2000, 1, 7
SIZES = {"50x8": 0.59, "200x43": 0.63}

PAGE = """
import pickle
import streamlit as st

@st.cache_resource
def figures():
    with open("FIGURES", "rb") as file:
        return pickle.load(file)

turn = st.session_state.turn = st.session_state.get("turn", -1) + 1
st.button("Next")
figure = figures()[turn % len(figures())]
"""
BARE = 'st.plotly_chart(figure, key="chart")\n'
OURS = 'from lib.ui.plot import plot\nplot(figure, key="chart", alt="A chart")\n'
APP = """
import sys
sys.path.insert(0, "ROOT")
import streamlit as st
from lib.ui import server
app = st.App("ours.py", lifespan=server.lifespan, routes=server.routes(), middleware=server.middleware())
"""


def main() -> None:
    """Measure and print the medians and their ratios."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--database", type=Path, help="a demo database that is there already, of 1,000 cities or more")
    options.add_argument("--clicks", type=int, default=20)
    options.add_argument("--sizes", nargs="+", default=list(SIZES), choices=list(SIZES))
    asked = options.parse_args()
    with TemporaryDirectory(prefix="drawing-") as name:
        database = asked.database or Path(name) / "cohort.duckdb"
        if not asked.database:
            build(database, CITIES, CYCLES, SEED)
        for size in asked.sizes:
            folder = Path(name) / size
            prepare(folder, list(figures(open_current(database), size, asked.clicks + 2)))
            report(size, measured(folder, database, asked.clicks), SIZES[size])


def figures(warehouse: Warehouse, size: str, count: int) -> Iterator[Figure]:
    """As many figures of a size, each of other cities."""
    selection = Selection.from_params({}, read_choices(warehouse))
    for turn in range(count):
        if size == "50x8":
            yield charts.area_heatmap(area_grid_by_city(warehouse, selection, limit=50, offset=7 * turn))
        else:
            yield charts.criteria_heatmap(criteria_grid(warehouse, selection, limit=200, offset=7 * turn))


def prepare(folder: Path, drawn: list[Figure]) -> None:
    """Both pages, each with the figures in the form that it is given them in."""
    (folder / ".streamlit").mkdir(parents=True)
    (folder / ".streamlit" / "config.toml").write_text(SETTINGS)
    (folder / "ours.pickle").write_bytes(pickle.dumps(drawn))
    (folder / "bare.pickle").write_bytes(pickle.dumps([go.Figure(figure.to_plotly_json()) for figure in drawn]))
    for name, call in (("ours", OURS), ("bare", BARE)):
        (folder / f"{name}.py").write_text(PAGE.replace("FIGURES", str(folder / f"{name}.pickle")) + call)
    (folder / "app.py").write_text(APP.replace("ROOT", str(ROOT)))


def measured(folder: Path, database: Path, clicks: int) -> list[tuple[float, float]]:
    """Milliseconds of each click, ours and the bare page's, in turns."""
    with ExitStack() as opened:
        addresses = [opened.enter_context(serving(folder / name, folder, database)) for name in ("app.py", "bare.py")]
        driver = opened.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        ours, theirs = (open_page(browser, address) for address in addresses)
        pairs = [(click(ours), click(theirs)) for _ in range(clicks + 1)]
        browser.close()
    return pairs[1:]  # the first one warms up


def open_page(browser: Browser, address: str) -> Page:
    """A page with its chart drawn."""
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.goto(address)
    page.evaluate(PAINTED, "")
    page.evaluate(WATCH)
    page.wait_for_timeout(500)
    return page


def click(page: Page) -> float:
    """Ask for the next figure; from the click to the painted chart."""
    page.bring_to_front()
    before = page.evaluate(ROWS)
    page.get_by_role("button", name="Next").click()
    taken: float = page.evaluate(PAINTED, before)
    page.wait_for_timeout(300)
    return taken


if __name__ == "__main__":
    main()
