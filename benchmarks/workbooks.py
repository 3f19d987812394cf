"""Time to load a folder of city workbooks against reading them with python-calamine alone, and of inspecting 10 MB.

`python -m benchmarks.workbooks [--workbooks 1000] [--rounds 5]` writes the workbooks (title block, area headings, 43
rows of code, text, answer and justification), then in turn reads every cell with calamine in one process, and loads
the folder with `python -m pipelines load` (kept, read, matched, judged, scored, checked, published). Both as whole
processes from start to exit. Prints medians and the median ratio of the rounds; then the same for `inspect` on a CSV
of 10 MB.
"""

import argparse
import csv
import datetime as dt
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import xlsxwriter

from benchmarks.load import Run, run
from lib.standard import Standard, load_standards

CALAMINE = """
import sys
from pathlib import Path
from python_calamine import CalamineWorkbook
for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    workbook = CalamineWorkbook.from_path(path)
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges
"""
MEGABYTES = 10


def main() -> None:
    """Make the files, run everything in turn, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workbooks", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-workbooks-") as name:
        folder = Path(name) / "workbooks"
        folder.mkdir()
        # In a process of its own: a child's peak memory counts from what its parent held when it was started.
        with get_context("spawn").Pool(1) as pool:
            pool.apply(write_all, (folder, Path(name) / "big.csv", chosen.workbooks))
        rounds = [(calamine(folder), load(folder, number)) for number in range(chosen.rounds)]
        report("calamine alone", [floor for floor, _ in rounds], chosen.workbooks)
        report("pipelines load", [ours for _, ours in rounds], chosen.workbooks)
        print(f"{'ratio by the clock':24} {median(ours.wall / floor.wall for floor, ours in rounds):6.2f}")
        big = Path(name) / "big.csv"
        print(f"{big.stat().st_size / 1e6:.1f} MB of CSV:")
        report("pipelines inspect", [inspect(big) for _ in range(chosen.rounds)], 1)


def write_all(folder: Path, big: Path, number: int) -> None:
    """The workbooks, and a wide CSV."""
    standard = load_standards()["wwc-2022"]
    for city in range(number):
        write_workbook(folder / f"city-{city:05}.xlsx", city, standard)
    with big.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["City", *(text for x in standard.criteria for text in (f"{x.id}: {x.text}", "Evidence"))])
        while file.tell() < MEGABYTES * 1_000_000:
            writer.writerow([f"City {file.tell()}", *(["Yes", "see the minutes of the council"] * 43)])


def write_workbook(path: Path, city: int, standard: Standard) -> None:
    """One city's answers as a form that people fill in."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Assessment")
        date = dt.date(2023, 5, city % 28 + 1)
        sheet.write_row(0, 0, ["What Works Cities self-assessment"])
        sheet.write_row(1, 0, ["City", f"City {city:05}, OH"])
        sheet.write_row(2, 0, ["Date", date])
        sheet.write_row(4, 0, ["Code", "Criterion", "Answer", "Justification"])
        row = 5
        for area in standard.areas:
            sheet.merge_range(row, 0, row, 3, area.name)
            for place, criterion in enumerate(area.criteria, row + 1):
                answer = ("Yes", "No", "")[(city * 7 + place) % 3]
                sheet.write_row(place, 0, [criterion.id, criterion.text, answer, "see the minutes of the council"])
            row += len(area.criteria) + 1


def calamine(folder: Path) -> Run:
    """Every cell of every workbook, and nothing done with it."""
    return run([sys.executable, "-c", CALAMINE, str(folder)])


def load(folder: Path, number: int) -> Run:
    """The whole job, into a folder of its own."""
    database = folder.parent / f"load-{number}" / "cohort.duckdb"
    options = ["--standard", "wwc-2022", "--cycle", "2023", "--database", str(database)]
    return run([sys.executable, "-m", "pipelines", "load", str(folder), *options])


def inspect(path: Path) -> Run:
    """One file, looked at."""
    return run([sys.executable, "-m", "pipelines", "inspect", str(path)])


def report(name: str, runs: list[Run], files: int) -> None:
    """Medians of one kind of run; memory is that of the first process, the others hold less."""
    wall, cpu, peak = (median(values) for values in zip(*runs, strict=True))
    rate = f"{files / wall:7,.0f} files/s" if files > 1 else ""
    print(f"{name:24} {wall:6.2f} s  {cpu:6.2f} CPU s  {peak:5.0f} MB peak {rate}")


if __name__ == "__main__":
    main()
