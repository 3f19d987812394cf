"""Time of exports against the raw library call: a million responses as CSV and Parquet, 100,000 as XLSX.

`python -m benchmarks.exports [--rounds 5] [--rows 1000000] [--sheet 100000]` builds a cohort with so many answers, then
writes the table in turn as the app does (rows, receipt and digest) and as DuckDB's `COPY` of the same statement does;
the workbook as the app does, and as XlsxWriter with `constant_memory` and rustpy-xlsxwriter do, the latter where it is
installed. Prints medians, the median ratio of the rounds, the processor's time and, for each
format in a process of its own, how much memory it needed at most.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
from xlsxwriter import Workbook

from lib.exports.formats import FORMATS, PLAIN, whole
from lib.exports.gather import gather
from lib.exports.request import Request
from lib.exports.table import Export
from lib.queries.choices import read_choices
from lib.queries.figures import cohort_size
from lib.queries.standards import read_standard
from lib.selection import Selection
from lib.standard import load_standards
from lib.warehouse import open_current
from pipelines.load import Options, load

ANSWERS = """
copy (
    with cell as (
        select city, criterion_id, hash(city * 1009 + position * 31) as chance
        from range($cities) as cities(city)
        cross join (select unnest($criteria) as criterion_id, generate_subscripts($criteria, 1) as position)
    )
    select
        'city-' || lpad(city::text, 6, '0') as city_id,
        'City ' || city as city,
        2025 as cycle,
        'validated' as stage,
        criterion_id,
        case when chance % 10 = 9 then '' when chance % 7 < 4 then 'met' else 'not_met' end as response,
        if(chance % 3 = 0, 'https://example.org/evidence/' || chance % 100000, '') as evidence,
        (make_date(2025, 1, 1) + (chance % 200)::int)::text as updated_at
    from cell
    order by city
) to '{path}' (header)
"""
CITIES = """
copy (
    select
        'city-' || lpad(city::text, 6, '0') as city_id,
        'City ' || city as name,
        ['Brazil', 'Chile', 'Mexico', 'Canada', 'Peru'][1 + city % 5] as country,
        (5000 + hash(city) % 3000000)::int as population,
        ['mayor-council', 'council-manager'][1 + city % 2] as government
    from range($cities) as cities(city)
) to '{path}' (header)
"""
TO_FILE = "copy ({}) to '{}' {}"
COPY = {"csv": "(format csv)", "parquet": "(format parquet, compression zstd)"}


def build(folder: Path, rows: int) -> Path:
    """A cohort with at least so many answers in one cycle."""
    criteria = [criterion.id for criterion in load_standards()["wwc-2022"].criteria]
    cities = -(-rows // len(criteria))
    duckdb.execute(ANSWERS.format(path=folder / "answers.csv"), {"cities": cities, "criteria": criteria})
    duckdb.execute(CITIES.format(path=folder / "cities.csv"), {"cities": cities})
    load([folder / "answers.csv"], Options("wwc-2022", cities=folder / "cities.csv"), folder / "cohort.duckdb")
    return folder / "cohort.duckdb"


def exported(database: Path, limit: int | None = None) -> Export:
    """The table of responses of the database's only cycle."""
    warehouse = open_current(database)
    choices = read_choices(warehouse)
    selection = Selection.from_params({}, choices)
    standard, cities = read_standard(warehouse, selection.standard), cohort_size(warehouse, selection)[0]
    request = Request("responses", limit=limit)
    return gather(request, warehouse=warehouse, selection=selection, choices=choices, standard=standard, cities=cities)


def write(export: Export, format_: str, path: Path) -> None:
    """As the command does: piece by piece."""
    with path.open("wb") as file:
        file.writelines(PLAIN[format_].pieces(export))


def floor(database: Path, sql: str, format_: str, path: Path) -> None:
    """DuckDB's own COPY of the same statement, on a connection as everybody opens one."""
    with duckdb.connect(str(database.resolve()), read_only=True) as connection:
        connection.execute(TO_FILE.format(sql, path, COPY[format_]))


def sheet(rows: pa.Table, path: Path) -> None:
    """XlsxWriter alone, in its mode for big files: header and rows, no more."""
    book = Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page, dated = book.add_worksheet("data"), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    page.write_row(0, 0, rows.column_names)
    for number, row in enumerate(zip(*(column.to_pylist() for column in rows.columns), strict=True), 1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(number, place, value)
            elif hasattr(value, "year"):
                page.write_datetime(number, place, value, dated)
            elif value is not None:
                page.write_number(number, place, value)
    book.close()


def rust_sheet(rows: pa.Table, path: Path) -> None:
    """rustpy-xlsxwriter, the fastest writer found; installed for the race only."""
    from rustpy_xlsxwriter import FastExcel  # type: ignore[import-not-found]  # noqa: PLC0415

    FastExcel(str(path)).sheet("data", rows.to_pandas()).save()


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - clock, time.process_time() - processor


def tell(name: str, ours: list[tuple[float, float]], theirs: list[tuple[float, float]]) -> None:
    """One line: medians and the median ratio of the rounds."""
    ratio, work = (median(a[n] / b[n] for a, b in zip(ours, theirs, strict=True)) for n in (0, 1))
    print(
        f"{name:8} ours {median(a[0] for a in ours):5.2f} s, floor {median(b[0] for b in theirs):5.2f} s,"
        f" ratio {ratio:.2f} (processor {work:.2f})",
        flush=True,
    )


def peak(database: Path, format_: str, folder: Path) -> str:
    """The most memory that a process needed which did nothing but this export."""
    words = [sys.executable, "-m", "benchmarks.exports", "--one", format_, "--database", str(database)]
    done = subprocess.run([*words, "--folder", str(folder)], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def main() -> None:
    """Build, then race each format in turn."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--rows", type=int, default=1_000_000)
    words.add_argument("--sheet", type=int, default=100_000)
    words.add_argument("--one", choices=["csv", "parquet", "none"], help=argparse.SUPPRESS)
    words.add_argument("--database", type=Path, help=argparse.SUPPRESS)
    words.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.one:
        export = exported(given.database)
        if given.one != "none":
            write(export, given.one, given.folder / f"one.{given.one}")
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        print(f"{int(status.split('VmHWM:')[1].split()[0]) // 1024} MB")
        return
    with TemporaryDirectory(prefix="exports-") as name:
        race(build(Path(name), given.rows), Path(name), given.rounds, given.sheet)


def race(database: Path, folder: Path, rounds: int, sheet_rows: int) -> None:
    """Each format and its floor, turn by turn."""
    sql = exported(database).sql
    print(f"{dict(exported(database).receipt.facts)['rows']} responses", flush=True)
    for format_ in COPY:
        mine, copy, raw = folder / f"o.{format_}", database.with_name("copy.duckdb"), folder / f"f.{format_}"
        copy.write_bytes(database.read_bytes())
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(timed(partial(lambda kind, path: write(exported(database), kind, path), format_, mine)))
            theirs.append(timed(partial(floor, copy, sql, format_, raw)))
        tell(format_, ours, theirs)
        most, idle = peak(database, format_, folder), peak(database, "none", folder)
        print(f"{'':8} most memory {most}; where only the database is opened and counted {idle}", flush=True)
    part = exported(database, sheet_rows)
    rows = part.rows
    held = replace(part, blocks=lambda: iter([rows]))
    floors = {"XlsxWriter": sheet} | ({"rustpy": rust_sheet} if find_spec("rustpy_xlsxwriter") else {})
    if "rustpy" not in floors:
        print("rustpy-xlsxwriter is not installed, so its race is left out: pip install rustpy-xlsxwriter")
    for name, other in floors.items():
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(timed(partial(whole, FORMATS["xlsx"], held)))
            theirs.append(timed(partial(other, rows, folder / "floor.xlsx")))
        print(f"xlsx of {rows.num_rows:,} rows against {name}")
        tell("xlsx", ours, theirs)


if __name__ == "__main__":
    main()
