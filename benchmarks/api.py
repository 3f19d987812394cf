"""Time and memory of the data addresses: the real server, a million answers, asked over HTTP on this machine.

`python -m benchmarks.api [--rows 1000000] [--rounds 5] [--crowd 50]` prints, as outsiders see the data: how long until
the first byte of a CSV of all rows and until the last (each round asks with columns of its own, so nothing is there
already), the same rows by DuckDB's `COPY` in the same round, how much memory the server needed, and the script time of
a page alone, while so many download at once, and while the query window is under attack; and how long one download
more waits for its first byte meanwhile.
"""

import argparse
import asyncio
import http.client
import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import combinations, cycle, islice
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.exports import build
from benchmarks.pages import measure, resident, serving
from lib.warehouse import open_current
from lib.window.running import answered
from lib.window.statement import Refused

COLUMNS = ("area", "short_name", "credit", "updated_at", "source_id", "row", "area_id")
ALWAYS = ("standard_id", "cycle", "stage", "city_id", "criterion_id", "status")
COPY = """
copy (
    select {columns}
    from response
    join criterion using (standard_id, criterion_id)
    join area on area.standard_id = response.standard_id and area.area_id = criterion.area_id
    order by enum_code(response.city_id), criterion.position
) to '{path}' (format csv)
"""
Script = Callable[[], float]
PAGE, CHUNK = "overview", 2**16
ATTACKS = (
    "select count(distinct a.row || b.row) from response a, response b",
    "select count(*) from response a, response b where a.row * b.row % 7 = 3",
)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--crowd", type=int, default=50)
    asked = options.parse_args()
    with TemporaryDirectory(prefix="api-") as folder:
        database = build(Path(folder), asked.rows)
        with serving(database) as (port, server):
            download(port, f"{address(())}&limit=1")  # the research view is made
            alone(port, server, Path(folder), database, asked.rounds)
            script = scripts(port, server, asked.rounds)
            crowded(port, server, asked.crowd, script)
            attacked(database, script)


def alone(port: int, server: int, folder: Path, database: Path, rounds: int) -> None:
    """One download at a time, and DuckDB's own in turn."""
    before, firsts, wholes, copies = resident(server), [], [], []
    with watched(server) as peak:
        for columns in islice(subsets(), rounds):
            first, whole, size = download(port, address(columns))
            firsts.append(first)
            wholes.append(whole)
            copies.append(copied(database, (*ALWAYS, *columns), folder))
    print(f"first byte  {median(firsts) * 1000:6.0f} ms, slowest {max(firsts) * 1000:.0f}")
    print(f"whole CSV   {median(wholes):6.2f} s, {size / 2**20:.0f} MB")
    print(f"DuckDB COPY {median(copies):6.2f} s, {median(w / c for w, c in zip(wholes, copies, strict=True)):.2f} ×")
    print(f"memory      {before} MB before, {peak[0]} MB at most")


def crowded(port: int, server: int, readers: int, script: Script) -> None:
    """A page's script and the first byte of one download more, without and with a crowd that downloads."""
    one, before = script(), resident(server)
    firsts = [download(port, f"{address(())}&limit={rows}")[0] for rows in range(10, 15)]
    with watched(server) as peak, downloading(port, readers):
        other = script()
        late = [download(port, f"{address(())}&limit={rows}")[0] for rows in range(20, 25)]
    print(f"page        {one:.0f} ms alone, {other:.0f} ms while {readers} download: {other / one:.2f} ×")
    print(f"newcomer    first byte {median(firsts) * 1000:.0f} ms alone, {median(late) * 1000:.0f} ms meanwhile")
    print(f"memory      {before} MB before, {peak[0]} MB at most")


@contextmanager
def downloading(port: int, readers: int) -> Iterator[None]:
    """A crowd in a process of its own, so that it takes none of the measuring one's time."""
    processes = get_context("spawn")
    over = processes.Event()
    crowd = processes.Process(target=download_together, args=(port, readers, over))
    crowd.start()
    time.sleep(3)
    yield
    over.set()
    crowd.join()


def download_together(port: int, readers: int, over: threading.Event) -> None:
    """All of the rows by each of them, each other columns, until it is over."""
    threads = [
        threading.Thread(target=download, args=(port, address(columns)), kwargs={"over": over})
        for columns in islice(cycle(subsets(1)), readers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def attacked(database: Path, script: Script) -> None:
    """A page's script, without and with two statements of the query window that take all they can get."""
    one, over, warehouse = script(), threading.Event(), open_current(database)

    def attack(statement: str) -> None:
        while not over.is_set():
            with suppress(Refused):
                answered(statement, warehouse)

    with together([threading.Thread(target=attack, args=(statement,)) for statement in ATTACKS], over):
        other = script()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    print(f"page        {one:.0f} ms alone, {other:.0f} ms under attack: {other / one:.2f} ×")
    print(f"attackers   {peak} MB at most, each")


@contextmanager
def together(threads: list[threading.Thread], over: threading.Event) -> Iterator[None]:
    """All of them at work, until it is `over`."""
    for thread in threads:
        thread.start()
    time.sleep(2)
    yield
    over.set()
    for thread in threads:
        thread.join()


def scripts(port: int, server: int, rounds: int) -> Script:
    """A function: the median milliseconds of the page's script, each time with selections that nobody asked for yet."""
    countries, forms = ("Brazil", "Chile", "Mexico", "Canada", "Peru"), ("mayor-council", "council-manager")
    pairs = [f"country={one}&country={other}" for one, other in combinations(countries, 2)]
    singles = [*(f"country={country}" for country in countries), *(f"government={form}" for form in forms)]
    both = [f"{pair}&government={form}" for pair in pairs for form in forms]
    queries = iter([*singles, *pairs, *both])

    def script() -> float:
        runs = asyncio.run(measure(port, server, [PAGE], islice(queries, rounds + 1), rounds))[PAGE]
        return median(run.new for run in runs)

    return script


def subsets(skip: int = 0) -> Iterator[tuple[str, ...]]:
    """Columns to ask for, other ones each time: most of them first."""
    sizes = range(len(COLUMNS) - skip, 0, -1)
    return (columns for size in sizes for columns in combinations(COLUMNS, size))


def address(columns: tuple[str, ...]) -> str:
    """Where all rows are, with these columns."""
    return f"/api/v1/responses.csv?columns={','.join((*ALWAYS, *columns))}"


def download(port: int, path: str, over: threading.Event | None = None) -> tuple[float, float, int]:
    """Seconds until the first byte and until the last, and how many bytes; it is broken off when it is `over`."""
    began, size, first = time.perf_counter(), 0, 0.0
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=600)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.status == 200, answer.read()
        while chunk := answer.read1(CHUNK):
            first = first or time.perf_counter() - began
            size += len(chunk)
            if over and over.is_set():
                break
    return first, time.perf_counter() - began, size


def copied(database: Path, columns: tuple[str, ...], folder: Path) -> float:
    """Seconds that DuckDB takes for the same columns of the same rows, in the same order, as CSV."""
    of = {name: f"response.{name}" for name in ALWAYS} | {"area": "area.name as area", "area_id": "criterion.area_id"}
    names = ", ".join(of.get(name, name) for name in columns).replace(" row", " response.row")
    with duckdb.connect(database, read_only=True) as connection:
        began = time.perf_counter()
        connection.execute(COPY.format(columns=names, path=folder / "copy.csv"))
        return time.perf_counter() - began


@contextmanager
def watched(server: int) -> Iterator[list[int]]:
    """The most memory the server has while this lasts, in MB."""
    peak, over = [resident(server)], threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            peak[0] = max(peak[0], resident(server))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()


if __name__ == "__main__":
    main()
