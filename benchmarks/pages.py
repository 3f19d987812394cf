"""How long the server works on each page: from a reader's request to the end of the script, over a real WebSocket.

    .venv/bin/python -m benchmarks.pages [--cities 250 10000] [--rounds 12] [--pages heatmap city]

Each round is a new reader with a selection that nobody has asked for before, so no query result is cached ("new");
then the same reader asks the same again ("again"). The server is the one readers get, `streamlit run dashboard.py`,
so its fixed cost per run is included. Targets: 150 ms at 250 cities and 300 ms at 10,000, medians of "new".
"""

import argparse
import asyncio
import os
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
from urllib.parse import urlencode
from urllib.request import urlopen

import duckdb
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from pipelines.demo import build

ROOT = Path(__file__).parent.parent
PAGES = ("overview", "heatmap", "criteria", "city", "export", "method")
TARGETS = {250: 150, 10_000: 300}
CYCLES, SEED = 5, 7

Times = dict[str, tuple[list[float], list[float]]]
"""Milliseconds per page: of new selections, and of the same asked again."""


class PageError(RuntimeError):
    """A page showed an error instead of its content."""


def main() -> None:
    """Measure and print one table per size."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cities", type=int, nargs="+", default=list(TARGETS))
    options.add_argument("--rounds", type=int, default=12)
    options.add_argument("--pages", nargs="+", default=list(PAGES), choices=PAGES)
    asked = options.parse_args()
    for cities in asked.cities:
        with TemporaryDirectory(prefix="pages-") as folder:
            database = Path(folder) / "cohort.duckdb"
            build(database, cities, CYCLES, SEED)
            with serving(database) as (port, process):
                report(cities, asyncio.run(measure(port, asked.pages, selections(database), asked.rounds)), process)


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


async def measure(port: int, pages: Sequence[str], queries: Iterator[str], rounds: int) -> Times:
    """Milliseconds per page: with a new selection, and with the same again. The first round is thrown away."""
    times: Times = {page: ([], []) for page in pages}
    for number, query in enumerate(islice(cycle(queries), rounds + 1)):
        for page in pages:
            async with connect(
                f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None
            ) as reader:
                new, again = await timed(reader, page, query), await timed(reader, page, query)
            if number:
                times[page][0].append(new)
                times[page][1].append(again)
    return times


async def timed(reader: ClientConnection, page: str, query: str) -> float:
    """One run of one page's script, in milliseconds. Raises PageError."""
    request = BackMsg()
    request.rerun_script.query_string = query
    request.rerun_script.page_name = "" if page == "overview" else page  # the first page has the bare address
    start = time.perf_counter()
    await reader.send(request.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await reader.recv(decode=False))
        refuse_errors(answer, page, query)
        if answer.WhichOneof("type") == "script_finished":
            return (time.perf_counter() - start) * 1000


def refuse_errors(answer: ForwardMsg, page: str, query: str) -> None:
    """A fast error page is no result."""
    element = answer.delta.new_element
    alert = element.WhichOneof("type") == "alert" and element.alert.format == Alert.ERROR
    if alert or element.WhichOneof("type") == "exception" or answer.WhichOneof("type") == "page_not_found":
        raise PageError(f"/{page}?{query}: {element.alert.body or element.exception.message or 'page not found'}")


def report(cities: int, times: Times, process: int) -> None:
    """One row per page: median and slowest of the new selections, median of the repeated ones."""
    target = TARGETS.get(cities)
    print(f"\n{cities:,} cities × {CYCLES} cycles, target {target or '–'} ms, server {resident(process)} MB")
    print(f"{'page':<10}" + "".join(f"{title:>16}" for title in ("new, median", "new, slowest", "again, median")))
    for page, (new, again) in times.items():
        figures = (statistics.median(new), max(new), statistics.median(again))
        print(f"{page:<10}" + "".join(f"{figure:>13.0f} ms" for figure in figures))


def resident(process: int) -> int:
    """Memory of the server process in MB, as Linux tells it; 0 elsewhere."""
    status = Path(f"/proc/{process}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


if __name__ == "__main__":
    main()
