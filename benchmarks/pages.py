"""How long the server works on each page: from a reader's request to the end of the script, over a real WebSocket.

    .venv/bin/python -m benchmarks.pages [--cities 250 10000] [--rounds 12] [--pages heatmap city]

Each round is a new reader with a selection that nobody has asked for before, so no query result is cached ("new");
then the same reader asks the same again ("again"), and on pages that answer to a click of their own, clicks ("click"):
another effort on Gaps, another tick on Next level. The server is the one readers get, `streamlit run dashboard.py`, so
its fixed cost per run is included. "processor" is the time it worked, wherever the machine was busy with other things.
Targets: 150 ms at 250 cities and 300 ms at 10,000, medians of "new"; 100 ms for Gaps and Next level at 10,000, also of
"click".
"""

import argparse
import asyncio
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urlencode
from urllib.request import urlopen

import duckdb
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.clicks import clickable, clicked
from pipelines.demo import build

ROOT = Path(__file__).parent.parent
PAGES = {  # what it is called here: page and the page's own choice
    "overview": "",
    "heatmap": "heatmap",
    "heatmap, one area": "heatmap?area=DM",
    "heatmap, pattern": "heatmap?order=pattern",
    "heatmap, all criteria": "heatmap?area=criteria&order=pattern",
    "criteria": "criteria",
    "criteria, split": "criteria?split=region",
    "criteria, families": "criteria?columns=families",
    "criteria, worth": "criteria?view=difficulty",
    "criteria, groups": "criteria?view=groups",
    "criteria, claims": "criteria?view=claims",
    "criteria, together": "criteria?view=together",
    "change": "change",
    "near": "near",
    "workshops": "workshops",
    "workshops, many": "workshops?workshops=6&success=60",
    "next step": "next_step",
    "city": "city",
    "city, standing": "city?city=amberwyn-bluff",
    "city, all peers": "city?city=amberwyn-bluff&peers=all",
    "gaps": "gaps?city=amberwyn-bluff",
    "road": "road?city=amberwyn-bluff&ticks=DM1.OD2",
    "compare": "compare?city=amberwyn-bluff",
    "certified": "certified",
    "export": "export",
    "query": "query",
    "method": "method",
}
TARGETS = {250: 150, 10_000: 300}
CYCLES, SEED = 5, 7


class Run(NamedTuple):
    """Milliseconds: a new selection, the server's processor time for it, the same selection again, and a click there
    (None: nothing to click)."""

    new: float
    processor: float
    again: float
    click: float | None


Runs = dict[str, list[Run]]


class PageError(RuntimeError):
    """A page showed an error instead of its content."""


def main() -> None:
    """Measure and print one table per size."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cities", type=int, nargs="+", default=list(TARGETS))
    options.add_argument("--rounds", type=int, default=12)
    options.add_argument("--pages", nargs="+", default=list(PAGES), choices=list(PAGES))
    asked = options.parse_args()
    for cities in asked.cities:
        with TemporaryDirectory(prefix="pages-") as folder:
            database = Path(folder) / "cohort.duckdb"
            build(database, cities, CYCLES, SEED)
            with serving(database) as (port, server):
                runs = asyncio.run(measure(port, server, asked.pages, selections(database), asked.rounds))
                report(cities, runs, server)


@contextmanager
def serving(database: Path) -> Iterator[tuple[int, int]]:
    """The app on a free port of this machine: (port, process id)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "dashboard.py",
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    server = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"COHORT_DATABASE": str(database)}, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/api/health")
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, seconds: float = 60) -> None:
    """Until the server answers. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=1):  # noqa: S310 (an address of this machine)
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


def selections(database: Path) -> Iterator[str]:
    """Query strings, each a selection of its own: cycle × stage × an attribute's value."""
    with duckdb.connect(database, read_only=True) as connection:
        cycles = [
            label
            for (label,) in connection.execute("select distinct cycle::varchar from assessment order by 1").fetchall()
        ]
        values = connection.execute(
            """select attribute_id::varchar, value::varchar from city_attribute
            group by all having count(*) >= 20 order by count(*) desc, 1, 2"""
        ).fetchall()
    combinations = product(values, reversed(cycles), ("Validated", "Self-reported"))
    return (urlencode([("cycle", label), ("stage", stage), value]) for value, label, stage in combinations)


async def measure(
    port: int, server: int, pages: Sequence[str], queries: Iterator[str], rounds: int, *, thought: float = 0
) -> Runs:
    """Every page with a new selection and with the same again, `rounds` times; a first round is thrown away.

    `thought`: seconds that the reader takes at most before each new selection, by chance.
    """
    runs: Runs = {page: [] for page in pages}
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    for number, query in enumerate(islice(cycle(queries), rounds + 1)):
        for page in pages:
            async with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as reader:
                await asyncio.sleep(random.uniform(0, thought))  # noqa: S311 (no secret)
                before = worked(server)
                new, _ = await timed(reader, page, query)
                processor = worked(server) - before
                again, seen = await timed(reader, page, query)
                click = (await timed(reader, page, query, clicked(page, seen)))[0] if seen else None
            if number:
                runs[page].append(Run(new, processor, again, click))
    return runs


async def timed(
    reader: ClientConnection, page: str, query: str, click: WidgetState | None = None
) -> tuple[float, list[Element]]:
    """One run of one page's script, in milliseconds, and what can be clicked then. Raises PageError."""
    request, seen = BackMsg(), []
    request.rerun_script.page_name, _, own_choice = PAGES[page].partition("?")
    request.rerun_script.query_string = "&".join(filter(None, (query, own_choice)))
    if click:
        request.rerun_script.widget_states.widgets.append(click)
    start = time.perf_counter()
    await reader.send(request.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await reader.recv(decode=False))
        refuse_errors(answer, page, query)
        if clickable(answer.delta.new_element, page):
            seen.append(answer.delta.new_element)
        if answer.WhichOneof("type") == "script_finished":
            return (time.perf_counter() - start) * 1000, seen


def refuse_errors(answer: ForwardMsg, page: str, query: str) -> None:
    """A fast error page is no result."""
    element = answer.delta.new_element
    alert = element.WhichOneof("type") == "alert" and element.alert.format == Alert.ERROR
    if alert or element.WhichOneof("type") == "exception" or answer.WhichOneof("type") == "page_not_found":
        raise PageError(f"/{page}?{query}: {element.alert.body or element.exception.message or 'page not found'}")


def report(cities: int, runs: Runs, server: int) -> None:
    """One row per page. The processor's time is a mean: Linux counts it in steps of 10 ms."""
    print(f"\n{cities:,} cities × {CYCLES} cycles, target {TARGETS.get(cities, '–')} ms, server {resident(server)} MB")
    print(
        f"{'page':<18}"
        + "".join(f"{title:>16}" for title in ("new, median", "slowest", "processor", "again, median", "click, median"))
    )
    for page, measured in runs.items():
        new, processor = [run.new for run in measured], [run.processor for run in measured]
        again, click = [run.again for run in measured], [run.click for run in measured if run.click]
        figures = [statistics.median(new), max(new), statistics.mean(processor), statistics.median(again)]
        figures += [statistics.median(click)] if click else []
        print(f"{page:<18}" + "".join(f"{figure:>13.0f} ms" for figure in figures))


def worked(process: int) -> float:
    """Milliseconds of processor time that the process has used, as Linux tells it; 0 elsewhere."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0
    user, system = stat.read_text().rpartition(") ")[2].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


def resident(process: int) -> int:
    """Memory of the server process in MB, as Linux tells it; 0 elsewhere."""
    status = Path(f"/proc/{process}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


if __name__ == "__main__":
    main()
