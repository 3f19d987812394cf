"""Time of a load against DuckDB's own: 10,000 cities × 43 criteria × 5 cycles in one long CSV, about 1 % of it dirty.

`python -m benchmarks.load [--cities 10000] [--rounds 5]` loads the file with `python -m pipelines load` (validated,
scored, checked, published) and, in turn, with one `create table as from read_csv(all_varchar)` into a file: text as it
stands, no rule applied. Both as whole processes from start to exit. Prints medians and the median ratio of the rounds.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import NamedTuple

import duckdb

from lib.standard import load_standards

ROOT = Path(__file__).parent.parent
FLOOR = "import duckdb, sys; duckdb.connect(sys.argv[2]).execute({!r}.format(sys.argv[1]))".format(
    "create table response as from read_csv('{}', all_varchar = true)"
)
# Per thousand: 2 each of unknown criterion, unknown word, bad date, blank city and an answer given twice.
EXPORT = """
copy (
    with cell as (
        select
            city,
            cycle,
            criterion_id,
            hash(city * 1009 + cycle * 9176 + position * 31) as chance
        from range($cities) as cities(city)
        cross join range(2021, 2026) as cycles(cycle)
        cross join (select unnest($criteria) as criterion_id, generate_subscripts($criteria, 1) as position)
    )
    select
        if(chance % 1000 in (0, 1), '', 'city-' || lpad(city::text, 5, '0')) as city_id,
        if(chance % 1000 in (0, 1), '', 'City ' || city) as city,
        cycle,
        if(chance % 1000 in (2, 3), 'ZZ9', criterion_id) as criterion_id,
        case
            when chance % 1000 in (4, 5) then 'see attachment'
            when chance % 10 = 9 then ''
            when chance % 7 < 4 then 'met'
            else 'not_met'
        end as response,
        if(chance % 3 = 0, 'https://example.org/evidence/' || cycle || '/' || chance % 100000, '') as evidence,
        if(chance % 1000 in (6, 7), '2021-13-45', (make_date(cycle, 1, 1) + (chance % 200)::int)::text) as updated_at
    from cell
    cross join range(1 + (chance % 1000 in (8, 9))::int)
    order by city, cycle
) to '{path}' (header)
"""


class Run(NamedTuple):
    """One whole process: seconds by the clock, seconds of the processors, and its peak memory in MB."""

    wall: float
    cpu: float
    peak: float


def main() -> None:
    """Make the file, run both in turn, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cities", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-load-") as folder:
        path = Path(folder) / "responses.csv"
        # In a process of its own: a child's peak memory counts from what its parent held when it was started.
        with get_context("spawn").Pool(1) as pool:
            answers = pool.apply(export, (path, chosen.cities))
        print(f"{answers:,} answers, {path.stat().st_size / 1e6:.0f} MB, DuckDB {duckdb.__version__}")
        report([(floor(path, number), load(path, number)) for number in range(chosen.rounds)])


def export(path: Path, cities: int) -> int:
    """Write the file; the number of answers in it."""
    criteria = [criterion.id for criterion in load_standards()["wwc-2022"].criteria]
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        written = connection.execute(EXPORT.replace("{path}", str(path)), {"cities": cities, "criteria": criteria})
        return int(written.fetchall()[0][0])


def floor(path: Path, number: int) -> Run:
    """DuckDB's own: everything as text into one table of a database file."""
    return run([sys.executable, "-c", FLOOR, str(path), str(path.with_name(f"floor-{number}.duckdb"))])


def load(path: Path, number: int) -> Run:
    """The whole job, into a folder of its own."""
    database = path.with_name(f"load-{number}") / "cohort.duckdb"
    command = ["-m", "pipelines", "load", str(path), "--standard", "wwc-2022", "--database", str(database)]
    return run([sys.executable, *command])


def run(command: list[str]) -> Run:
    """Run a process to its end and ask the system what it took."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Run(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def report(rounds: list[tuple[Run, Run]]) -> None:
    """Medians of both, and the median of the rounds' ratios."""
    for name, runs in zip(("read_csv into a table of text", "pipelines load"), zip(*rounds, strict=True), strict=True):
        wall, cpu, peak = (median(values) for values in zip(*runs, strict=True))
        print(f"{name:30} {wall:6.2f} s  {cpu:6.2f} CPU s  {peak:5.0f} MB peak")
    wall, cpu = (median(ours[i] / floor_[i] for floor_, ours in rounds) for i in (0, 1))
    print(f"{'ratio':30} {wall:6.2f}    {cpu:6.2f}")


if __name__ == "__main__":
    main()
