"""Published certifications: who was certified at which level in which cycle, as lists say that people give.

They are facts of their own. No answer makes one, and none takes one away: the lists are kept with the sources, and
every database is given what they say of its cities. A line names a city as the files of answers do (id, name, or name
and place), a cycle, a level (or `withdrawn`, where an earlier list was wrong) and perhaps the date of the announcement.
"""

from collections.abc import Sequence

import duckdb

from pipelines.cities import columns, named
from pipelines.given import value
from pipelines.layouts import LayoutError, records
from pipelines.layouts.quoting import identifier
from pipelines.sources import Certified
from pipelines.staging import NO_FORMAT
from pipelines.statements import run_models
from pipelines.taking import readable
from pipelines.workshop import Workshop

# How such a list may call its columns, beside the words of the vocabulary.
WORDS = {
    "city_id": (),
    "city": (),
    "state": (),
    "cycle": (),
    "level": ("certification level", "certified level", "certification", "certified"),
    "announced_on": ("announced", "date announced", "announcement date", "announcement", "date", "certified on"),
}
READ = "insert into given_certification select {told}, {cells} from ({relation})"
FAULT = """
    select
        file,
        row,
        fault,
        written_city,
        written_cycle,
        written_level,
        written_date,
        standard.noun,
        (select string_agg(cycle, ', ' order by cycle) from cycle where standard_id = standard.standard_id),
        (select string_agg(level, ', ' order by position) from level where standard_id = standard.standard_id)
    from certified_line
    join standard on standard.standard_id::text = certified_line.standard_id
    where fault is not null and source_id = ?
    order by row
    limit 1
"""
NEAR = """
    select any_value(name order by likeness desc), any_value(city_id order by likeness desc)
    from (
        select
            name,
            city_id,
            jaro_winkler_similarity(place_key(plain_place(?)), place_key(name)) as likeness
        from city
    )
    where likeness >= 0.9
"""


class CertificationError(ValueError):
    """A list of certifications that does not fit the database; one sentence that names the file and the line."""


def certify(workshop: Workshop, lists: Sequence[Certified], *, last_is_new: bool = False) -> None:
    """Fill `certification` of the database in use from the lists, and `certification_unused` with what does not fit it.

    Of a new list everything has to fit. Raises CertificationError, or LayoutError.
    """
    if not lists:
        return
    connection = workshop.connection
    for number, given in enumerate(lists, 1):
        with readable(given.file.file):
            _read(workshop, number, given)
    run_models(connection, "certifying")
    for name in ("date_formats", "slash_formats"):  # 03/04/2025 is two dates, so it is none
        connection.execute(f"set variable {name} = {value(NO_FORMAT)}")
    run_models(connection, "source", "10_city_spelling")
    run_models(connection, "received", "01_date_text")
    run_models(connection, "source", "19_date_spelling")
    run_models(connection, "certified")
    if last_is_new:
        _refuse_unfit(connection, len(lists))


def _read(workshop: Workshop, number: int, given: Certified) -> None:
    name = given.file.file
    relation = records(workshop.store / given.file.stored_name, name, workshop.scratch, workshop.connection)
    headers = columns(workshop.connection, relation)
    found = {meaning: named(headers, meaning, words) for meaning, words in WORDS.items()}
    if not (found["city_id"] or found["city"]):
        raise LayoutError(f"{name}: no column is the city's name or id; call one of them city")
    for meaning in ("cycle", "level"):
        if not found[meaning]:
            raise LayoutError(f"{name}: no column says the {meaning}; call one of them {meaning}")
    cells = ", ".join(identifier(header) if header else "null" for header in found.values())
    told = f"{number}, {value(name)}, row_number() over () + 1, {value(given.standard)}"  # see given.fill: not bound
    workshop.connection.execute(READ.format(told=told, cells=cells, relation=relation))


def _refuse_unfit(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    for file, row, fault, city, cycle, level, date, noun, cycles, levels in connection.execute(
        FAULT, [number]
    ).fetchall():
        told = {
            "unknown city": f"{city!r} is not exactly one {noun} of the database",
            "unknown cycle": f"{cycle!r} is no cycle of the database, expected one of {cycles}",
            "unknown level": f"{level!r} is no level of the standard, expected one of {levels}, or withdrawn",
            "invalid date": f"{date!r} is not a date, such as 2025-11-30",
            "told twice": f"{city!r} has two levels in {cycle}",
        }[fault]
        raise CertificationError(
            f"{file}: row {row}: {told}{_near(connection, city) if fault == 'unknown city' else ''}"
        )


def _near(connection: duckdb.DuckDBPyConnection, city: str) -> str:
    """The city that was likely meant, for the person to decide."""
    ((name, city_id),) = connection.execute(NEAR, [city]).fetchall()
    return f"; it may be {name}: if it is, write that, or its id {city_id}" if name else ""
