"""What only the cells of a whole column can tell: the order of day and month, and what a blank means beside marks."""

import duckdb

from pipelines.layouts.claims import Doubt
from pipelines.layouts.table import Table
from pipelines.vocabulary import fold, load_vocabulary

TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", " %I:%M%p", " %I:%M:%S%p")
# Years of two digits first: they do not fit those of four, but the other way round 23 would be the year 23.
ORDERS = {
    "day first": ("%d/%m/%y", "%d-%m-%y", "%d/%m/%Y", "%d-%m-%Y"),
    "month first": ("%m/%d/%y", "%m-%d-%y", "%m/%d/%Y", "%m-%d-%Y"),
}
# One row: the dates with slashes or dashes, one that only fits day first, one that only fits month first, and one that
# fits both and means two different days.
DATES = r"""
    with part as (
        select
            updated_at,
            try_cast(regexp_extract(updated_at, '^\s*(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}\b', 1) as int) as first,
            try_cast(regexp_extract(updated_at, '^\s*(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}\b', 2) as int) as second
        from date_text
    )
    select
        min(updated_at) filter (first between 13 and 31 and second between 1 and 12),
        min(updated_at) filter (second between 13 and 31 and first between 1 and 12),
        min(updated_at) filter (first between 1 and 12 and second between 1 and 12 and first <> second)
    from part
"""


def date_order(connection: duckdb.DuckDBPyConnection, table: Table) -> tuple[str, Doubt | None]:
    """`day first` or `month first`, from the dates in `date_text`; the doubt, where nothing decides it.

    A mapping decides, then a day above 12, then what the tool that wrote the file does.
    """
    if table.dates:
        return table.dates, None
    ((day_first, month_first, either),) = connection.execute(DATES).fetchall()
    usual = table.usual_dates or "month first"
    if day_first and month_first:
        why = f"the dates contradict each other: {day_first!r} and {month_first!r}; tell the order in a mapping file"
        return usual, Doubt(why, "", "dates", usual)
    if day_first or month_first:
        return "day first" if day_first else "month first", None
    if either and not table.usual_dates:
        why = f"{either!r} may be day first or month first, and no date tells; say dates in a mapping file"
        return usual, Doubt(why, "", "dates", usual)
    return usual, None


def slash_formats(order: str) -> tuple[str, ...]:
    """The formats of dates with slashes or dashes, in that order of day and month."""
    return tuple(day + time for day in ORDERS[order] for time in TIMES)


def blank_meaning(connection: duckdb.DuckDBPyConnection, table: Table) -> tuple[str, Doubt | None]:
    """What a blank answer means; the doubt, where all answers are marks such as x beside blanks."""
    if table.blank:
        return table.blank, None
    marks = {fold(mark) for mark in load_vocabulary().marks}
    found = {fold(text or "") for (text,) in connection.execute("from answer_text limit 20").fetchall()}
    if "" in found and found - {""} and found - {""} <= marks:
        mark = min(found - {""})
        why = f"every answer is {mark!r} or blank: say in a mapping file whether blank means not_met or not_answered"
        return "not_answered", Doubt(why, "", "blank", "not_met")
    return "not_answered", None
