"""Time to make report cards: `python -m benchmarks.report [--cities 430] [--rounds 12]`.

A demo cohort of five cycles is built; of 430 cities some 250 are assessed in the last. Twelve of their cards are made
one after another, each step timed: opening the city's own database, gathering, and each form; medians by the clock and
by this process's processor, the first round apart, which finds the fonts and reads the templates. Then the command
makes all of them as PDF, with the city's eyes and with the programme's, by as many processes as there are cores.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.brief import Times, report, timed
from lib.access import opened_once
from lib.peers import Peers
from lib.queries.choices import read_choices
from lib.queries.cities import cities
from lib.report.contents import gather
from lib.report.files import FORMS, card_bytes
from lib.selection import Selection
from lib.viewer import CITY, PROGRAMME, Viewer
from lib.warehouse import open_current
from pipelines.demo import build


def main() -> None:
    """Build, time, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cities", type=int, default=430)
    parser.add_argument("--rounds", type=int, default=12)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-report-") as folder:
        database = Path(folder) / "cohort.duckdb"
        build(database, cities=chosen.cities, cycles=5, seed=7)
        for role in (CITY, PROGRAMME):
            print(f"with the eyes of: {role}")
            report(chosen.cities, rounds(database, chosen.rounds, role))
        for option in ("--as-city", "--whole"):
            everybody(database, Path(folder) / option.strip("-"), option)


def rounds(database: Path, number: int, role: str) -> Times:
    """Seconds by the clock and of the processor, of each step of each card."""
    selection = Selection.from_params({}, read_choices(open_current(database)))
    ids = cities(open_current(database), selection)["city_id"].head(number + 1)
    times: Times = {"open": [], "gather": [], **{form: [] for form in FORMS}}
    for city in ids:
        viewer = Viewer(role, (city,) if role == CITY else ())
        warehouse = timed(times["open"], lambda who=viewer: opened_once(who, database))  # type: ignore[misc]
        asked = (warehouse, selection, city, Peers())
        card = timed(times["gather"], lambda asked=asked: gather(*asked))  # type: ignore[misc]
        for form in FORMS:
            timed(times[form], lambda form=form, made=card: card_bytes(made, form))  # type: ignore[misc]
    return times


def everybody(database: Path, out: Path, option: str) -> None:
    """The whole command, as a person waits for it: by the clock, and what its processes took of the processors."""
    clock, before = time.perf_counter(), _processor()
    command = [sys.executable, "-m", "pipelines", "report", "--all", option, "--out", out, "--database", database]
    subprocess.run(list(map(str, command)), check=True, capture_output=True)
    taken, used = time.perf_counter() - clock, _processor() - before
    print(f"report --all {option}: {len(list(out.iterdir())):,} cards in {taken:.1f} s ({used:.1f} CPU s)")


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
