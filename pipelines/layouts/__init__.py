"""Survey exports, whatever tool wrote them: described as SQL, so that DuckDB reads them set-wise.

A file goes through three questions, each answered by small modules of their own: how is it written (delimited,
workbook, parquet → `Received`), how does its header stand (qualtrics, surveymonkey, plain → `Header`), which column
is what (columns → `Plan`). A further layout is a module with `header(head, width) -> Header | None` in
`opening.HEADERS`.
"""

from pathlib import Path

import duckdb

from lib.standard import Standard
from pipelines.layouts import plain
from pipelines.layouts.columns import Plan, plan, with_unknown_criteria
from pipelines.layouts.matching import Matcher
from pipelines.layouts.opening import header_of, receive, word_shares
from pipelines.layouts.received import Received
from pipelines.layouts.relations import cities, headed, long_answers, wide_answers
from pipelines.layouts.table import LayoutError, Table
from pipelines.mapping import ColumnMapping, MappingError, load_mapping
from pipelines.vocabulary import ANSWERS, answer_words, load_vocabulary

__all__ = ["LayoutError", "Table", "read", "records"]

ENOUGH_WORDS = 0.5  # of an unknown column's filled cells, to take it for answers to an unknown criterion


def read(
    path: Path,
    name: str,
    standard: Standard,
    mapping: Path | None,
    *,
    scratch: Path,
    connection: duckdb.DuckDBPyConnection,
    repair: bool = False,
) -> Table:
    """Describe the survey export at `path`, called `name` in messages. Raises LayoutError or MappingError.

    The fast scan of a delimited file is strict: where DuckDB refuses a record (duckdb.InvalidInputException), read
    again with `repair`. `scratch` may receive a copy that must outlive the scan.
    """
    told = load_mapping(mapping)
    _check(told, standard)
    received = receive(path, name, scratch, connection, sheet=told.sheet, repair=repair)
    decided = plan(name, header_of(received), told, standard, load_vocabulary())
    try:
        settled = decided if decided.long else _settled(decided, received, standard, connection)
    except duckdb.InvalidInputException:
        if repair:
            raise
        return read(path, name, standard, mapping, scratch=scratch, connection=connection, repair=True)
    return _table(settled, received, told)


def records(path: Path, name: str, scratch: Path, connection: duckdb.DuckDBPyConnection) -> str:
    """SQL of a plain table with one header record, all VARCHAR under its own column names. Raises LayoutError."""
    received = receive(path, name, scratch, connection)
    header = plain.header(received.head, received.width)
    if len(set(map(str.lower, header.labels))) < len(header.labels):
        raise LayoutError(f"{name}: a column name is repeated")
    return headed(header.labels, received.scan, header.records)


def _check(told: ColumnMapping, standard: Standard) -> None:
    """Refuse a mapping that names answers or criteria which the standard does not have."""
    answers = {*ANSWERS, *(grade.name for grade in standard.grades)}
    ids = {criterion.id for criterion in standard.criteria}
    if unknown := set(told.answers.values()) - answers:
        raise MappingError(f"{told.file}: answers.{min(unknown)} is not one of {', '.join(sorted(answers))}")
    if unknown := set(told.criteria.values()) - ids:
        raise MappingError(f"{told.file}: criteria: {min(unknown)} is not a criterion of {standard.id}")


def _settled(decided: Plan, received: Received, standard: Standard, connection: duckdb.DuckDBPyConnection) -> Plan:
    """The plan of a wide file once the cells of unclaimed columns are known: by its code or by the words in it, a
    column holds answers all the same. Digits are no proof: published scores hold 0 and 1 too.
    """
    looks = Matcher(standard).looks_like_code
    coded = {number for number in decided.left if any(map(looks, decided.header.texts[number]))}
    rest = [number for number in decided.left if number not in coded]
    words = [word for word in answer_words(standard) if not word.isdigit()]
    shares = word_shares(rest, words, received, decided.header.records, connection)
    answers = coded | {number for number, share in shares.items() if share >= ENOUGH_WORDS}
    return with_unknown_criteria(decided, answers, blank=set(rest) - shares.keys())


def _table(decided: Plan, received: Received, told: ColumnMapping) -> Table:
    header, scan = decided.header, received.scan
    return Table(
        layout=_layout(decided),
        answers=(long_answers if decided.long else wide_answers)(decided, scan),
        headers={meaning: header.labels[column] for meaning, column in decided.columns.items()},
        first_row=header.records + 1 if decided.long and not scan.numbered else None,
        attributes=tuple(decided.attributes),
        cities=cities(decided, scan),
        date_formats=told.date_formats + header.date_formats,
        words=told.answers,
        unused=tuple(header.labels[column] for column in decided.left),
    )


def _layout(decided: Plan) -> str:
    if decided.header.layout != "plain":
        return decided.header.layout
    return "long" if decided.long else "wide"
