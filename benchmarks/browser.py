"""What a reader waits for in Chromium: the dashboard's heatmap against a bare Streamlit page with the same figures.

    .venv/bin/python -m benchmarks.browser [--cities 250 | --database FILE] [--rounds 4] [--visits 9]

The bare page is what Streamlit gives by itself: `streamlit run`, a multiselect, `st.plotly_chart`, and every figure
built beforehand, so that it asks no database and draws nothing else. Changes: a country is added to the filter, each
time a selection nobody has asked for before; from the click to the painted chart. Visits: the first paint of the chart
in a browser that has nothing cached. Both pages in turns in one run. Targets: 1.0 for changes, 1.1 for visits.
"""

import argparse
import os
import pickle
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import pandas as pd
import plotly.graph_objects as go
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.pages import wait_for
from lib import charts
from lib.queries.areas import area_grid_by_city
from lib.queries.choices import read_choices
from lib.selection import Choices, Selection
from lib.warehouse import Warehouse, open_current
from pipelines.demo import build

ROOT = Path(__file__).parent.parent
CYCLES, SEED, COUNTRIES, PAGE_SIZE = 5, 7, 8, 50
TARGETS = {"change": 1.0, "visit": 1.1}

BARE = """
import pickle
import streamlit as st

@st.cache_resource
def figures():
    with open("figures.pickle", "rb") as file:
        return pickle.load(file)

cycle = st.query_params["cycle"]
countries = st.multiselect("Country", figures()["countries"], key="country", bind="query-params")
st.plotly_chart(figures()[cycle, frozenset(countries)], key="heatmap")
"""
SETTINGS = """
[browser]
gatherUsageStats = false
serverAddress = "localhost"
[server]
headless = true
"""
# The rows' names differ between any two selections: painted means that they have changed, and two frames after that.
ROWS = "[...document.querySelectorAll('.js-plotly-plot .y2tick text')].map((row) => row.textContent).join()"
PAINTED = f"""async (before) => {{
    const frame = () => new Promise(requestAnimationFrame);
    const end = performance.now() + 20000;
    while (({ROWS}) === before || ({ROWS}) === "") {{
        if (performance.now() > end) throw new Error("nothing was painted");
        await frame();
    }}
    await frame(); await frame();
    return performance.now() - (window.clicked ?? 0);
}}"""
WATCH = "addEventListener('click', () => { window.clicked = performance.now(); }, true)"


def main() -> None:
    """Measure and print the medians and their ratios."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cities", type=int, default=250)
    options.add_argument("--database", type=Path, help="a demo database that is there already")
    options.add_argument("--rounds", type=int, default=4, help="cycles, one after the other; at most 5")
    options.add_argument("--visits", type=int, default=9)
    asked = options.parse_args()
    with TemporaryDirectory(prefix="browser-") as name, ExitStack() as opened:
        folder, database = Path(name), asked.database or Path(name) / "cohort.duckdb"
        if not asked.database:
            build(database, asked.cities, CYCLES, SEED)
        countries = prepare(folder, database)
        cycles = list(countries)
        ours = opened.enter_context(serving(ROOT / "dashboard.py", folder, database)) + "/heatmap"
        theirs = opened.enter_context(serving(folder / "bare.py", folder, database)) + "/"
        driver = opened.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        changes = [change(browser, (ours, theirs), countries[cycle], cycle) for cycle in cycles[-asked.rounds :]]
        visits = [(visit(browser, ours, cycles[-1]), visit(browser, theirs, cycles[-1])) for _ in range(asked.visits)]
        browser.close()
    report("change", [pair for pairs in changes for pair in pairs], TARGETS["change"])
    report("visit", visits[1:], TARGETS["visit"])


def prepare(folder: Path, database: Path) -> dict[str, list[str]]:
    """The bare page with a figure for every selection that will be asked for; the countries to add in each cycle."""
    warehouse = open_current(database)
    choices = read_choices(warehouse)
    every = next(list(attribute.values) for attribute in choices.attributes if attribute.id == "country")
    countries = {cycle: telling(warehouse, choices, cycle, every) for cycle in choices.cycles(choices.standards[0].id)}
    figures: dict[object, object] = {"countries": every}
    for cycle, names in countries.items():
        for count in range(len(names) + 1):
            drawn = charts.area_heatmap(rows(warehouse, choices, cycle, names[:count]))
            figures[cycle, frozenset(names[:count])] = go.Figure(drawn.to_plotly_json())
    (folder / "figures.pickle").write_bytes(pickle.dumps(figures))
    (folder / "bare.py").write_text(BARE)
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_text(SETTINGS)
    return countries


def telling(warehouse: Warehouse, choices: Choices, cycle: str, every: list[str]) -> list[str]:
    """Countries that change the rows on the screen when they are added one by one."""
    chosen: list[str] = []
    for country in every:
        now = rows(warehouse, choices, cycle, chosen) if chosen else None
        then = rows(warehouse, choices, cycle, [*chosen, country])
        if len(then) and (now is None or list(now["row_id"]) != list(then["row_id"])):
            chosen.append(country)
    return chosen[:COUNTRIES]


def rows(warehouse: Warehouse, choices: Choices, cycle: str, countries: list[str]) -> pd.DataFrame:
    """What the heatmap page asks for a selection."""
    selection = Selection.from_params({"cycle": cycle, "country": countries}, choices)
    return area_grid_by_city(warehouse, selection, limit=PAGE_SIZE)


@contextmanager
def serving(script: Path, folder: Path, database: Path) -> Iterator[str]:
    """The address of `streamlit run <script>`, with that script's own settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    environment = os.environ | {"COHORT_DATABASE": str(database)}
    server = subprocess.Popen(command, cwd=folder if script.parent == folder else ROOT, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def change(browser: Browser, addresses: tuple[str, str], countries: list[str], cycle: str) -> list[tuple[float, float]]:
    """Milliseconds of each added country, ours and theirs."""
    ours, theirs = (open_page(browser, address, cycle) for address in addresses)
    times = [(add(ours, country), add(theirs, country)) for country in countries]
    ours.context.close()
    theirs.context.close()
    return times[1:]  # the first one warms up


def open_page(browser: Browser, address: str, cycle: str) -> Page:
    """A new reader's page with its chart drawn."""
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.goto(f"{address}?{urlencode({'cycle': cycle})}")
    page.evaluate(PAINTED, "")
    page.evaluate(WATCH)
    page.wait_for_timeout(500)
    return page


def add(page: Page, country: str) -> float:
    """Add a country to the filter; from the click on its name to the painted chart."""
    page.bring_to_front()
    before = page.evaluate(ROWS)
    page.get_by_role("combobox", name="Country").click()
    option = page.get_by_role("option", name=country, exact=True)
    option.wait_for()
    option.click()
    taken: float = page.evaluate(PAINTED, before)
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    return taken


def visit(browser: Browser, address: str, cycle: str) -> float:
    """From nothing to the painted chart, in a browser without a cache."""
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.goto(f"{address}?{urlencode({'cycle': cycle})}", wait_until="commit")
    taken: float = page.evaluate(PAINTED, "")
    page.context.close()
    return taken


def report(what: str, pairs: list[tuple[float, float]], target: float) -> None:
    """Medians, and the median of the pairs' ratios."""
    ours, theirs = (median(side) for side in zip(*pairs, strict=True))
    ratio = median(our / their for our, their in pairs)
    print(f"{what}: {ours:.0f} ms against {theirs:.0f} ms, ratio {ratio:.2f} (target {target}), n = {len(pairs)}")


def chromium() -> str:
    """The browser's path. Raises SystemExit when there is none."""
    found: Callable[[str], str | None] = shutil.which
    path = found("chromium") or found("chromium-browser") or found("google-chrome")
    return path or sys.exit("No Chromium on the path.")


if __name__ == "__main__":
    main()
