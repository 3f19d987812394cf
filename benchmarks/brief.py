"""Time to make the cohort brief: `python -m benchmarks.brief [--cities 250 10000] [--rounds 7]`.

For each size a demo cohort of five cycles is built. Each round is a selection that nobody asked for before (another
set of countries), so that no answer is remembered: gathering from the queries, then PDF and PowerPoint of it. Prints
medians by the clock and by this process's processor, the first round apart: it finds the fonts and reads the template.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from itertools import combinations, islice
from pathlib import Path
from statistics import median
from typing import TypeVar

from lib.brief.contents import gather
from lib.brief.pdf import pdf_bytes
from lib.brief.slides import pptx_bytes
from lib.queries.choices import read_choices
from lib.selection import Choices, Selection
from lib.warehouse import open_current
from pipelines.demo import build

T = TypeVar("T")
Times = dict[str, list[tuple[float, float]]]


def main() -> None:
    """Build, time, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cities", type=int, nargs="+", default=[250, 10_000])
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    for cities in chosen.cities:
        with tempfile.TemporaryDirectory(prefix="benchmark-brief-") as folder:
            database = Path(folder) / "cohort.duckdb"
            build(database, cities=cities, cycles=5, seed=7)
            report(cities, rounds(database, chosen.rounds))


def rounds(database: Path, number: int) -> Times:
    """Seconds by the clock and of the processor, of each step of each round."""
    warehouse = open_current(database)
    times: Times = {"gather": [], "PDF": [], "PowerPoint": []}
    for selection in islice(selections(read_choices(warehouse)), number + 1):
        brief = timed(times["gather"], lambda asked=selection: gather(warehouse, asked))  # type: ignore[misc]
        timed(times["PDF"], lambda made=brief: pdf_bytes(made))  # type: ignore[misc]
        timed(times["PowerPoint"], lambda made=brief: pptx_bytes(made))  # type: ignore[misc]
    return times


def selections(choices: Choices) -> "list[Selection]":
    """Most of the countries, each time without two others."""
    countries = next(attribute.values for attribute in choices.attributes if attribute.id == "country")
    left_out = combinations(countries, 2)
    wanted = ([country for country in countries if country not in pair] for pair in left_out)
    return [Selection.from_params({"country": some}, choices) for some in wanted]


def timed(into: list[tuple[float, float]], work: Callable[[], T]) -> T:
    """What the work gives, its time noted."""
    clock, processor = time.perf_counter(), time.process_time()
    made = work()
    into.append((time.perf_counter() - clock, time.process_time() - processor))
    return made


def report(cities: int, times: Times) -> None:
    """A line for each step."""
    for step, (first, *others) in times.items():
        wall, processor = (median(column) for column in zip(*others, strict=True))
        print(f"{cities:>6,} cities  {step:<11} {wall:.3f} s ({processor:.3f} CPU s), the first {first[0]:.3f} s")


if __name__ == "__main__":
    main()
