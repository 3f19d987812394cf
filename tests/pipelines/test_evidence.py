"""Day-first and month-first dates are told apart by the column, or asked about; a contradiction is never guessed."""

import datetime as dt
from pathlib import Path

import pytest

from pipelines.load import LoadError
from tests.pipelines.exports import city_sheet, load_into, table, workbook, write
from tests.pipelines.loads import ask

DATES = "select distinct updated_at::date from response order by 1"


def long_file(path: Path, *dates: str) -> Path:
    rows = [["City", "Criterion", "Answer", "Date"]]
    rows += [[f"City {number}", "DM1", "Yes", date] for number, date in enumerate(dates)]
    return write(path, table(rows))


def wide_file(path: Path, *dates: str) -> Path:
    rows = [["City", "DM1", "Date"], *([f"City {number}", "Yes", date] for number, date in enumerate(dates))]
    return write(path, table(rows))


@pytest.mark.parametrize("make", [long_file, wide_file])
@pytest.mark.parametrize(
    ("dates", "read"),
    [
        (["13/04/2023", "05/04/2023"], [dt.date(2023, 4, 5), dt.date(2023, 4, 13)]),
        (["04/13/2023", "04/05/2023"], [dt.date(2023, 4, 5), dt.date(2023, 4, 13)]),
        (["13-04-2023 10:00", "5-4-2023 9:30:00"], [dt.date(2023, 4, 5), dt.date(2023, 4, 13)]),
        (["4/13/23 1:30 PM", "4/5/2023"], [dt.date(2023, 4, 5), dt.date(2023, 4, 13)]),
        (["05/05/2023"], [dt.date(2023, 5, 5)]),
        (["05.04.2023"], [dt.date(2023, 4, 5)]),
        (["2023-04-05", "2023/04/06 10:33:21 AM GMT-3", "5 April 2023"], [dt.date(2023, 4, 5), dt.date(2023, 4, 6)]),
    ],
)
def test_the_column_tells(tmp_path: Path, make: object, dates: list[str], read: list[dt.date]) -> None:
    assert callable(make)
    load_into(tmp_path / "c.duckdb", make(tmp_path / "f.csv", *dates))
    assert ask(tmp_path / "c.duckdb", DATES) == [(date,) for date in read]
    assert ask(tmp_path / "c.duckdb", "select count(*) from rejected") == [(0,)]


@pytest.mark.parametrize("order", ["day first", "month first"])
def test_what_no_date_tells_is_asked_for(tmp_path: Path, order: str) -> None:
    path = long_file(tmp_path / "f.csv", "05/04/2023", "06/06/2023")
    with pytest.raises(LoadError, match=r"^f.csv: '05/04/2023' may be day first or month first, and no date tells"):
        load_into(tmp_path / "c.duckdb", path)
    assert not (tmp_path / "c.duckdb").exists()
    load_into(tmp_path / "c.duckdb", path, mapping=write(tmp_path / "m.toml", f'dates = "{order}"'))
    first = dt.date(2023, 4, 5) if order == "day first" else dt.date(2023, 5, 4)
    assert ask(tmp_path / "c.duckdb", DATES) == [(first,), (dt.date(2023, 6, 6),)]


def test_dates_that_contradict_each_other_are_asked_about_and_then_rejected(tmp_path: Path) -> None:
    path = long_file(tmp_path / "f.csv", "13/04/2023", "04/14/2023")
    with pytest.raises(LoadError, match=r"^f.csv: the dates contradict each other: '13/04/2023' and '04/14/2023'"):
        load_into(tmp_path / "c.duckdb", path)
    load_into(tmp_path / "c.duckdb", path, mapping=write(tmp_path / "m.toml", 'dates = "day first"'))
    assert ask(tmp_path / "c.duckdb", "select value, reason::text from rejected") == [("04/14/2023", "invalid date")]


def test_one_workbook_tells_for_its_folder(tmp_path: Path) -> None:
    for number, date in enumerate(("05/04/2023", "13/04/2023", "06/04/2023")):
        workbook(tmp_path / "in" / f"{number}.xlsx", {"F": city_sheet(f"City {number}", {"DM1": "Yes"}, date)})
    load_into(tmp_path / "c.duckdb", tmp_path / "in")
    assert ask(tmp_path / "c.duckdb", DATES) == [(dt.date(2023, 4, day),) for day in (5, 6, 13)]
