"""Time of adding one city's file to a database: `python -m benchmarks.adding [--cities 10000] [--rounds 5]`.

The database holds cities × 43 criteria × 5 cycles from one long CSV (benchmarks.load). Each round loads a CSV of 43
answers of one more city, as a whole process from start to exit. Prints the rounds and the median.
"""

import argparse
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from benchmarks.load import Run, export, run
from lib.standard import load_standards


def main() -> None:
    """Load the big file once, then add cities one by one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cities", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-adding-") as folder:
        big, database = Path(folder) / "responses.csv", Path(folder) / "cohort.duckdb"
        with get_context("spawn").Pool(1) as pool:
            answers = pool.apply(export, (big, chosen.cities))
        first = load(big, database)
        print(f"{answers:,} answers in {first.wall:.2f} s ({first.cpu:.2f} CPU s), {first.peak:.0f} MB")
        runs = [load(city_file(Path(folder), number), database) for number in range(chosen.rounds)]
    for one in runs:
        print(f"one more city: {one.wall:.2f} s ({one.cpu:.2f} CPU s), {one.peak:.0f} MB")
    print(f"median {median(one.wall for one in runs):.2f} s ({median(one.cpu for one in runs):.2f} CPU s)")


def load(path: Path, database: Path) -> Run:
    """Load a file on top of what is there."""
    command = ["-m", "pipelines", "load", str(path), "--standard", "wwc-2022", "--database", str(database)]
    return run([sys.executable, *command])


def city_file(folder: Path, number: int) -> Path:
    """The answers of one more city, in one cycle."""
    path = folder / f"city-{number}.csv"
    criteria = [criterion.id for criterion in load_standards()["wwc-2022"].criteria]
    rows = (f"One more {number},2025,{criterion},yes\n" for criterion in criteria)
    path.write_text("city,cycle,criterion_id,response\n" + "".join(rows), encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
