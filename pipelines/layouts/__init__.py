"""Survey exports, whatever tool wrote them: described as SQL, so that DuckDB reads them set-wise.

A file goes through three questions, each answered by small modules of their own: how is it written (delimited,
workbook, parquet → `Received`), how does its header stand (qualtrics, surveymonkey, forms, plain → `Header`), which
column is what (columns → `Plan`, with the title above the table and what only a person can decide). A further layout is
a module with `header(head, width) -> Header | None` in `opening.HEADERS`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from lib.standard import Standard
from pipelines.layouts import plain, workbook
from pipelines.layouts.claims import Doubt
from pipelines.layouts.columns import Plan, with_unknown_criteria, without_evidence
from pipelines.layouts.deciding import decide, near_criteria
from pipelines.layouts.locating import Clues
from pipelines.layouts.matching import Matcher
from pipelines.layouts.opening import is_workbook, receive, word_shares
from pipelines.layouts.proposal import proposed
from pipelines.layouts.received import Received, Written
from pipelines.layouts.relations import cities, headed, long_answers, wide_answers
from pipelines.layouts.table import LayoutError, Table, UnsureError
from pipelines.layouts.tidy import Tidied, answers, tidied, tidied_text, write_rows
from pipelines.layouts.turned import check_readable
from pipelines.mapping import ColumnMapping, MappingError
from pipelines.vocabulary import ANSWERS, answer_words, load_vocabulary

__all__ = [
    "Clues",
    "Examined",
    "LayoutError",
    "Table",
    "Tidied",
    "UnsureError",
    "check",
    "examine",
    "records",
    "table_of",
]

ENOUGH_WORDS = 0.5  # of an unknown column's filled cells, to take it for answers to an unknown criterion


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found out about a file: one plan per table in it, how it is written, and its answers as SQL.

    `answers` is None where nothing could be read as it stands. `tidy`: the answers were copied row by row, with the
    number of their source.
    """

    name: str
    plans: tuple[Plan, ...]
    written: Written
    told: ColumnMapping
    answers: str | None
    tidy: bool = False
    received: Received | None = None

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What a person has to decide, each once."""
        written = (
            (Doubt(f"it may not be in {self.written.encoding}: {self.written.doubt}"),) if self.written.doubt else ()
        )
        found = dict.fromkeys(doubt for plan in self.plans for doubt in plan.doubts)
        return (*written, *found)


def examine(
    path: Path,
    name: str,
    standard: Standard,
    told: ColumnMapping,
    *,
    scratch: Path,
    connection: duckdb.DuckDBPyConnection,
    repair: bool = False,
    source_id: int = 1,
    evidence: bool = True,
) -> Examined:
    """Find out what a file is, without deciding what only a person can. Raises LayoutError or MappingError.

    The fast scan of a delimited file is strict: where DuckDB refuses a record (duckdb.InvalidInputException), examine
    it again with `repair`. `scratch` may receive a copy that must outlive the scan; `source_id` is the number that rows
    copied one by one carry. Without `evidence` the answers are read alone, which is faster.
    """
    check(told, standard)
    clues = Clues(standard, told, load_vocabulary())
    if is_workbook(path, name):
        if (found := tidied(path, name, clues)) is not None:
            return _tidy(found, told, scratch / f"{path.name}.rows.csv", source_id)
        return _examined(_workbook(path, name, clues, scratch), clues, connection, evidence=evidence)
    received = receive(path, name, scratch, connection, told, repair=repair)
    decided = decide(name, received.head, received.width, clues)
    check_readable(decided, by_record=received.records is not None)
    if (decided.across or (decided.long and decided.header.above)) and received.records:
        rows = tuple(tidied_text(decided, received.records(), clues))
        return _tidy(
            Tidied(name, (decided,), received.written, rows), told, scratch / f"{path.name}.rows.csv", source_id
        )
    try:
        return _examined((received, decided), clues, connection, evidence=evidence)
    except duckdb.InvalidInputException:
        if repair:
            raise
        return examine(
            *(path, name, standard, told),
            scratch=scratch,
            connection=connection,
            repair=True,
            source_id=source_id,
            evidence=evidence,
        )


def table_of(found: Examined) -> Table:
    """The table that was found. Raises UnsureError where a person has to decide something first."""
    toml = proposed(found.plans, found.written, found.told, found.doubts)
    if found.doubts:
        raise UnsureError(f"{found.name}: {found.doubts[0].why}", toml)
    return table(found.plans, found.answers or "", found.told, toml, tidy=found.tidy, received=found.received)


def table(
    plans: Sequence[Plan],
    relation: str,
    told: ColumnMapping,
    proposal: str,
    *,
    tidy: bool,
    received: Received | None = None,
) -> Table:
    """What the loader is told about a file; of several sheets the first gives the headers."""
    decided = plans[0]
    scan = received.scan if received else None
    return Table(
        layout=decided.layout,
        answers=relation,
        headers=decided.headers,
        first_row=decided.header.records + 1 if decided.long and scan and not scan.numbered else None,
        attributes=tuple(decided.attributes),
        cities=cities(decided, scan) if scan else None,
        date_formats=told.date_formats + decided.header.date_formats,
        words=told.answers,
        unused=tuple(dict.fromkeys(plan.header.labels[column] for plan in plans for column in plan.left)),
        dates=told.dates,
        usual_dates=decided.header.dates,
        blank=told.blank,
        proposal=proposal,
    )


def records(path: Path, name: str, scratch: Path, connection: duckdb.DuckDBPyConnection) -> str:
    """SQL of a plain table with one header record, all VARCHAR under its own column names. Raises LayoutError."""
    received = receive(path, name, scratch, connection)
    header = plain.header(received.head, received.width)
    if len(set(map(str.lower, header.labels))) < len(header.labels):
        raise LayoutError(f"{name}: a column name is repeated")
    return headed(header.labels, received.scan, header.records)


def check(told: ColumnMapping, standard: Standard) -> None:
    """Refuse a mapping that names answers or criteria which the standard does not have."""
    words = {*ANSWERS, *(grade.name for grade in standard.grades)}
    ids = {criterion.id for criterion in standard.criteria}
    if unknown := set(told.answers.values()) - words:
        raise MappingError(f"{told.file}: answers.{min(unknown)} is not one of {', '.join(sorted(words))}")
    if unknown := set(told.criteria.values()) - ids:
        raise MappingError(f"{told.file}: criteria: {min(unknown)} is not a criterion of {standard.id}")


def _tidy(found: Tidied, told: ColumnMapping, copy: Path, source_id: int) -> Examined:
    copy.unlink(missing_ok=True)
    write_rows(copy, source_id, found.rows)
    return Examined(found.name, found.plans, found.written, told, answers(copy), tidy=True)


def _workbook(path: Path, name: str, clues: Clues, scratch: Path) -> tuple[Received, Plan]:
    """The sheet with a column per criterion; of several the first, and a doubt, unless the mapping names one."""
    found = workbook.sheets(path, name, clues.told)
    plans = [decide(name, sheet.head, sheet.width, clues, sheet=sheet.name) for sheet in found]
    wide = [number for number, plan in enumerate(plans) if plan.questions] or [0]
    decided = plans[wide[0]]
    if len(wide) > 1:
        several = ", ".join(repr(found[number].name) for number in wide)
        why = f"the sheets {several} answer the same for the same cities; name the one that counts in a mapping file"
        decided = replace(decided, doubts=(Doubt(why, "", "sheet", found[wide[0]].name), *decided.doubts))
    return workbook.copied(found, wide[0], name, scratch / f"{path.name}.csv"), decided


def _examined(
    found: tuple[Received, Plan], clues: Clues, connection: duckdb.DuckDBPyConnection, *, evidence: bool
) -> Examined:
    received, decided = found
    if decided.long:
        relation = long_answers(decided if evidence else without_evidence(decided), received.scan)
    elif decided.questions:
        decided = _settled(decided, received, clues.standard, connection)
        relation = wide_answers(decided if evidence else without_evidence(decided), received.scan)
    else:
        return Examined(received.name, (decided,), received.written, clues.told, None, received=received)
    return Examined(received.name, (decided,), received.written, clues.told, relation, received=received)


def _settled(decided: Plan, received: Received, standard: Standard, connection: duckdb.DuckDBPyConnection) -> Plan:
    """The plan of a wide file once the cells of unclaimed columns are known: by its code or by the words in it, a
    column holds answers all the same. Digits are no proof: published scores hold 0 and 1 too.
    """
    looks = Matcher(standard).looks_like_code
    coded = {number for number in decided.left if any(map(looks, decided.header.texts[number]))}
    rest = [number for number in decided.left if number not in coded]
    words = [word for word in answer_words(standard) if not word.isdigit()]
    shares = word_shares(rest, words, received, decided.header.records, connection)
    held = sorted(coded | {number for number, share in shares.items() if share >= ENOUGH_WORDS})
    near = tuple(near_criteria(decided, standard, held))
    settled = with_unknown_criteria(decided, held, blank=set(rest) - shares.keys())
    return replace(settled, doubts=(*settled.doubts, *near))
