"""Cost of adding one city's file to a database: `python -m benchmarks.adding [--cities 10000] [--rounds 5] [--adds 0]`.

The database holds cities × 43 criteria × 5 cycles from one long CSV (benchmarks.load). Each round loads a CSV of 43
answers of one more city, then one of a city that is there, each as a whole process from start to exit; before them, in
the same round, the floor: a process that imports the same and copies the published file. Prints the rounds, the medians
and the median ratios to the floor. Last come `adds` more cities, to see whether the file grows without bound.
"""

import argparse
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from benchmarks.load import Run, export, run
from lib.standard import load_standards

FLOOR = "import pipelines.cli, shutil, sys; shutil.copyfile(sys.argv[1], sys.argv[2])"
NAMES = ("start and copy", "one more city", "a city that is there")


def main() -> None:
    """Load the big file once, then add files one by one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cities", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--adds", type=int, default=0)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-adding-") as folder:
        big, database = Path(folder) / "responses.csv", Path(folder) / "cohort.duckdb"
        with get_context("spawn").Pool(1) as pool:
            answers = pool.apply(export, (big, chosen.cities))
        first = load(big, database)
        print(
            f"{answers:,} answers in {first.wall:.2f} s ({first.cpu:.2f} CPU s), {first.peak:.0f} MB, {size(database)}"
        )
        report([one_round(Path(folder), database, number) for number in range(chosen.rounds)])
        for number in range(chosen.adds):
            load(city_file(Path(folder), f"Another {number}"), database)
        print(f"after {2 * chosen.rounds + chosen.adds} files more: {size(database)}")


def one_round(folder: Path, database: Path, number: int) -> list[Run]:
    """The floor and both kinds of file."""
    floor = run([sys.executable, "-c", FLOOR, str(database), str(folder / "copy.duckdb")])
    new, known = city_file(folder, f"One more {number}"), city_file(folder, f"City {number}")
    return [floor, load(new, database), load(known, database)]


def load(path: Path, database: Path) -> Run:
    """Load a file on top of what is there."""
    command = ["-m", "pipelines", "load", str(path), "--standard", "wwc-2022", "--database", str(database)]
    return run([sys.executable, *command])


def city_file(folder: Path, city: str) -> Path:
    """The answers of one city, in one cycle."""
    path = folder / f"{city}.csv"
    criteria = [criterion.id for criterion in load_standards()["wwc-2022"].criteria]
    rows = (f"{city},2025,{criterion},yes\n" for criterion in criteria)
    path.write_text("city,cycle,criterion_id,response\n" + "".join(rows), encoding="utf-8")
    return path


def size(database: Path) -> str:
    """Of the published file."""
    return f"{database.stat().st_size / 1e6:.1f} MB"


def report(rounds: list[list[Run]]) -> None:
    """Medians of each kind, and of its ratios to the floor of the same round."""
    for place, (name, runs) in enumerate(zip(NAMES, zip(*rounds, strict=True), strict=True)):
        wall, cpu, peak = (median(values) for values in zip(*runs, strict=True))
        ratio = median(kinds[place].cpu / kinds[0].cpu for kinds in rounds)
        print(f"{name:22} {wall:6.2f} s  {cpu:6.2f} CPU s  {peak:5.0f} MB peak  {ratio:5.2f} times the floor")


if __name__ == "__main__":
    main()
