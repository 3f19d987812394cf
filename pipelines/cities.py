"""Cities files and attribute columns: which cities there are, and what is known of each."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from pipelines.layouts import LayoutError, records
from pipelines.layouts.quoting import identifier
from pipelines.statements import run_models
from pipelines.vocabulary import fold, load_vocabulary

NO_ATTRIBUTE = 'null::text as "no attribute"'  # the models turn columns into rows, and want one
UNSAID = {"city_id": "id", "city": "name"}  # what only a file of cities can leave unsaid


def list_cities(connection: duckdb.DuckDBPyConnection, path: Path, name: str, scratch: Path) -> None:
    """Take over a cities file: a column with the city's id or name, every other column an attribute."""
    relation = records(path, name, scratch, connection)
    headers = columns(connection, relation)
    id_column, city_column = named(headers, "city_id"), named(headers, "city")
    if not id_column and not city_column:
        raise LayoutError(f"{name}: no column is the city's name or id; call one of them city")
    meant = {"city_id": id_column, "city": city_column, "state_told": named(headers, "state")}
    _record(connection, relation, meant, [header for header in headers if header not in (id_column, city_column)])
    run_models(connection, "listing")


def describe_cities(connection: duckdb.DuckDBPyConnection, relation: str) -> None:
    """Take over the attribute columns of the source that was staged last (city_id, city, state, attributes)."""
    headers = columns(connection, relation)
    meant = {"city_id": "city_id", "city": "city", "state_told": "state"}
    _record(connection, relation, meant, [header for header in headers if header not in meant.values()])
    run_models(connection, "describing")


def columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[str]:
    """The headers of a relation."""
    connection.execute(f"select * from ({relation}) limit 0")  # noqa: S608
    return [column[0] for column in connection.description or []]


def named(headers: Sequence[str], meaning: str, further: Sequence[str] = ()) -> str | None:
    """The likeliest header for a meaning: by the vocabulary, and by further words that say it in this kind of file."""
    by_word = {fold(header): header for header in reversed(headers)}
    words = map(fold, [*load_vocabulary().columns.get(meaning, ()), *further, UNSAID.get(meaning, meaning)])
    return next((by_word[word] for word in words if word in by_word), None)


def _record(
    connection: duckdb.DuckDBPyConnection, relation: str, meant: Mapping[str, str | None], attributes: Sequence[str]
) -> None:
    """Put the records into `city_record`: record_number, city_id, city, state_told, and the attributes by header."""
    cells = [f"{identifier(header) if header else 'null::text'} as {name}" for name, header in meant.items()]
    rest = [identifier(header) for header in attributes] or [NO_ATTRIBUTE]
    chosen = ", ".join(["row_number() over () as record_number", *cells, *rest])
    connection.execute(f"create or replace temp table city_record as select {chosen} from ({relation})")  # noqa: S608


def type_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    """Make numbers of the number attributes in the table `city`; the models left them as text."""
    for (number,) in connection.execute("select attribute_id from attribute where kind = 'number'").fetchall():
        connection.execute(f"alter table city alter column {identifier(number)} type double")
