"""Survey exports as tools and people write them, small, written by the tests; and loads of them."""

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from lib.standard import STANDARDS, load_standard
from pipelines.load import Options, Report, load
from tests.pipelines.loads import ask

WWC = load_standard(STANDARDS / "wwc-2022.toml")
TEXT = {criterion.id: criterion.text for criterion in WWC.criteria}
CITIES = """city_id,city,state,country
alder-falls,Alder Falls,OH,US
alder-falls-ns,Alder Falls,NS,CA
birchmont,Birchmont,TX,US
sao-aurelio,São Aurélio,Bahia,BR
"""
ANSWERS = "select city_id::text, cycle::text, criterion_id::text, status::text from response order by all"


def table(records: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    """Records as delimited text."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(records)
    return text.getvalue()


def write(path: Path, content: str | bytes) -> Path:
    """A file with that content, text in UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Sequence[str] = ()) -> Path:
    """A workbook of sheets of rows; dates become real dates. `merged`: ranges of the first sheet, their text kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        for where in merged:
            first = xlsxwriter.utility.xl_cell_to_rowcol(where.split(":")[0])
            sheet = book.worksheets()[0]
            sheet.merge_range(where, next(iter(sheets.values()))[first[0]][first[1]])
    return path


def city_sheet(
    city: str, answers: Mapping[str, str], date: object = dt.date(2023, 5, 14), *, labels: bool = True
) -> list[list[Any]]:
    """A sheet as a city fills it in: a title with its name and the date, headings of areas, a row per criterion."""
    title: list[list[Any]] = [["City", city], ["Date", date]] if labels else [[city], [date]]
    rows = [["What Works Cities self-assessment"], *title, [], ["Code", "Criterion", "Answer", "Justification"]]
    for area in WWC.areas:
        asked = [criterion for criterion in area.criteria if criterion.id in answers]
        if asked:
            rows.append([area.name])
        rows += [[criterion.id, criterion.text, answers[criterion.id], "see minutes"] for criterion in asked]
    return rows


def load_into(database: Path, *paths: Path, cities: str | None = None, **options: Any) -> Report:
    """Load files for the cycle 2023 with the production pipeline."""
    told = write(database.parent / "cities.csv", cities) if cities else None
    return load(list(paths), Options("wwc-2022", **{"cycle": "2023", "cities": told, **options}), database)


def answers(database: Path) -> list[tuple[str, ...]]:
    """(city_id, cycle, criterion_id, status) of every response."""
    return ask(database, ANSWERS)
