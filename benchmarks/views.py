"""Time to make what a viewer may see: `python -m benchmarks.views [--cities 250 10000] [--rounds 5]`.

For each size a demo cohort of five cycles is built, and each round makes the database of another city, and the views of
researchers and of the public anew. Prints medians by the clock and by this process's processor (all threads together),
the first round apart: it writes down what the published database says of itself.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from lib.access.making import made
from lib.viewer import CITY, PUBLIC, RESEARCHER, Viewer
from lib.warehouse import Warehouse
from pipelines.demo import build


def main() -> None:
    """Build, time, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cities", type=int, nargs="+", default=[250, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    for cities in chosen.cities:
        with tempfile.TemporaryDirectory(prefix="benchmark-views-") as folder:
            database = Path(folder) / "cohort.duckdb"
            build(database, cities=cities, cycles=5, seed=7)
            for role in (CITY, RESEARCHER, PUBLIC):
                report(f"{cities:,} cities, {role}", list(rounds(database.resolve(), role, chosen.rounds)))


def rounds(database: Path, role: str, number: int) -> Iterator[tuple[float, float]]:
    """Seconds by the clock and of the processor, of each round and one before."""
    ids = Warehouse(database).fetch("select distinct city_id from assessment order by city_id")["city_id"]
    for city in ids[: number + 1]:
        viewer = Viewer(role, (city,) if role == CITY else ())
        clock, processor = time.perf_counter(), time.process_time()
        connection = made(viewer, database)
        yield time.perf_counter() - clock, time.process_time() - processor
        connection.close()


def report(what: str, times: list[tuple[float, float]]) -> None:
    """One line: medians of all rounds but the first, and the first."""
    first, *later = times
    clock, processor = (median(column) for column in zip(*later, strict=True))
    print(
        f"{what:24} clock {clock * 1000:6.0f} ms, processor {processor * 1000:6.0f} ms"
        f" (first {first[0] * 1000:.0f} and {first[1] * 1000:.0f})"
    )


if __name__ == "__main__":
    main()
