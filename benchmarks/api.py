"""Time and memory of the data addresses: the real server, a million answers, asked over HTTP on this machine.

`python -m benchmarks.api [--rows 1000000] [--rounds 5] [--crowd 50]` prints, as outsiders see the data: how long until
the first byte of a CSV of all rows and until the last (each round asks with columns of its own, so nothing is there
already), the same rows by DuckDB's `COPY` in the same round, how much memory the server needed, and the script time of
a page alone, while so many download at once (in turns: the ratio is the median of the rounds' own), and while the query
window is under attack; and how long one download more waits for its first byte meanwhile. Eight rounds at most.
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
from statistics import mean, median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

from benchmarks.exports import build
from benchmarks.pages import measure, resident, serving, worked
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
PAGE, SCRIPTS, CHUNK = "overview", 4, 2**16
THOUGHT = 1.0  # seconds at most: a reader without a pause would keep downloads waiting, and never meet one at work
ATTACKS = (
    "select count(distinct a.row || b.row) from response a, response b",
    "select count(*) from response a, response b where a.row * b.row % 7 = 3",
)


class Took(NamedTuple):
    """Milliseconds of one page's script (median), and of the server's processor meanwhile (mean)."""

    script: float
    processor: float


Script = Callable[[], Took]


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
            script = scripts(port, server)
            crowded(port, server, asked.crowd, asked.rounds, script)
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


def crowded(port: int, server: int, readers: int, rounds: int, script: Script) -> None:
    """A page's script and the first byte of one download more, without and with a crowd, in turns."""
    before, alone, meanwhile, firsts, late, taken = resident(server), [], [], [], [], 0.0
    with watched(server) as peak:
        for number in range(1, rounds + 1):
            source = f"127.0.1.{number}"  # an address is let in so often
            alone.append(script())
            firsts.append(download(port, f"{address(())}&limit={10 + number}", source=source)[0])
            with downloading(port, readers, source) as crowd:
                worked_before = worked(crowd)
                meanwhile.append(script())
                taken += worked(crowd) - worked_before
                late.append(download(port, f"{address(())}&limit={40 + number}", source=source)[0])
            time.sleep(1)  # until the server has noticed that they have gone
    ratios = sorted(round(other.script / one.script, 2) for one, other in zip(alone, meanwhile, strict=True))
    one, own, other, all_ = (median(kind) for runs in (alone, meanwhile) for kind in zip(*runs, strict=True))
    print(f"page        {one:.0f} ms alone, {other:.0f} ms while {readers} download: {median(ratios):.2f} ×", ratios)
    print(f"processor   {own:.0f} ms in a script alone, {all_:.0f} ms meanwhile; crowd {taken / rounds:.0f} ms a round")
    print(f"newcomer    first byte {median(firsts) * 1000:.0f} ms alone, {median(late) * 1000:.0f} ms meanwhile")
    print(f"memory      {before} MB before, {peak[0]} MB at most")


@contextmanager
def downloading(port: int, readers: int, source: str) -> Iterator[int]:
    """A crowd in a process of its own (its id), so that it takes none of the measuring one's time; all have begun."""
    processes = get_context("spawn")
    over, begun = processes.Event(), processes.Semaphore(0)
    crowd = processes.Process(target=download_together, args=(port, readers, source, begun, over))
    crowd.start()
    for _ in range(readers):
        assert begun.acquire(timeout=60), "not everybody in the crowd was served"
    yield int(crowd.pid or 0)
    assert crowd.is_alive(), "all had their rows before the page was done: ask with more rows"
    over.set()
    crowd.join()


def download_together(port: int, readers: int, source: str, begun: threading.Semaphore, over: threading.Event) -> None:
    """All of the rows by each of them, each other columns, until it is over."""
    threads = [
        threading.Thread(target=download, args=(port, address(columns), over, begun.release, source))
        for columns in islice(cycle(subsets(1)), readers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def attacked(database: Path, script: Script) -> None:
    """A page's script, without and with two statements of the query window that take all they can get."""
    one, over, warehouse = script().script, threading.Event(), open_current(database)

    def attack(statement: str) -> None:
        while not over.is_set():
            with suppress(Refused):
                answered(statement, warehouse)

    with together([threading.Thread(target=attack, args=(statement,)) for statement in ATTACKS], over):
        other = script().script
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


def scripts(port: int, server: int) -> Script:
    """A function: medians of a page's script, each time with selections that nobody asked for yet."""
    countries, forms = ("Brazil", "Chile", "Mexico", "Canada", "Peru"), ("mayor-council", "council-manager")
    groups = [
        "&".join(f"country={one}" for one in some) for size in (1, 2, 3, 4) for some in combinations(countries, size)
    ]
    queries = iter([*groups, *(f"{group}&government={form}" for group in groups for form in forms)])

    def script() -> Took:
        runs = asyncio.run(measure(port, server, [PAGE], islice(queries, SCRIPTS + 1), SCRIPTS, thought=THOUGHT))[PAGE]
        return Took(median(run.new for run in runs), mean(run.processor for run in runs))

    return script


def subsets(skip: int = 0) -> Iterator[tuple[str, ...]]:
    """Columns to ask for, other ones each time: most of them first."""
    sizes = range(len(COLUMNS) - skip, 0, -1)
    return (columns for size in sizes for columns in combinations(COLUMNS, size))


def address(columns: tuple[str, ...]) -> str:
    """Where all rows are, with these columns."""
    return f"/api/v1/responses.csv?columns={','.join((*ALWAYS, *columns))}"


def download(
    port: int,
    path: str,
    over: threading.Event | None = None,
    begun: Callable[[], None] = lambda: None,
    source: str = "127.0.0.1",
) -> tuple[float, float, int]:
    """Seconds until the first byte (then `begun`) and until the last, and how many bytes; broken off when `over`."""
    began, size, first = time.perf_counter(), 0, 0.0
    with closing(http.client.HTTPConnection("127.0.0.1", port, 600, source_address=(source, 0))) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.status == 200, answer.read()
        while chunk := answer.read1(CHUNK):
            if not first:
                first = time.perf_counter() - began
                begun()
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
