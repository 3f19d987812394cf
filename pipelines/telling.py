"""What the commands print: lines for people, from what was read or found."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from pipelines.inspection import CYCLE, CYCLE_NOTE, Column, Inspection
from pipelines.rejects import Rejected
from pipelines.status import Status, counted
from pipelines.surveying import Survey

MANY = 20  # files; more are not told one by one
HEADING = 60  # characters of a column's header or a cell
FIRST = 5  # names told of many


def status_lines(found: Status) -> Iterator[str]:
    """One line per file, then repairs, certifications that fit no longer, and the whole.

    Of many files only those that lost something are told.
    """
    told = [source for source in found.sources if len(found.sources) <= MANY or source["rejected"]]
    yield from map(_source_line, told)
    if len(told) < len(found.sources):
        yield f"{len(found.sources) - len(told):,} more files, without a rejected answer"
    for repair in found.repairs:
        meant = f"{repair['kind']} {repair['from']!r} read as {repair['to']!r}"
        yield f"{meant} ({repair['reason']}): {_times(repair['fired'])}"
    for line in found.uncertified:
        yield f"{line['file']} row {line['row']}: {line['value']!r} is not certified here: {line['reason']}"
    kind = "synthetic, " if found.synthetic else ""
    counts = ", ".join(counted(found.counts, found.noun))
    yield f"{found.database}: {kind}{counts}; {', '.join(found.standards)}; built {found.built_at:%Y-%m-%d %H:%M} UTC"


def _times(fired: int) -> str:
    """How many answers a repair decided; one that never did may be wrong itself."""
    return f"decided {fired:,} answer{'' if fired == 1 else 's'}" if fired else "never used: check its spelling"


def _source_line(source: Mapping[str, Any]) -> str:
    reasons = ", ".join(f"{number:,} {reason}" for reason, number in source["reasons"].items())
    return (
        f"{source['source_id']}. {source['file']} ({source['layout']}, sha256 {source['sha256'][:12]}): "
        f"{source['rows']:,} rows, {source['answers']:,} answers: {source['accepted']:,} accepted, "
        f"{source['superseded']:,} superseded, {source['rejected']:,} rejected{f' ({reasons})' if reasons else ''}"
    )


def rejected_lines(found: Sequence[Rejected]) -> Iterator[str]:
    """Each place that was set aside, under its file."""
    if not found:
        yield "Nothing was set aside"
    for (number, file), places in groupby(found, lambda one: (one.source_id, one.file)):
        yield f"{number}. {file}"
        yield from map(_place, places)


def _place(one: Rejected) -> str:
    suggestion = f"; perhaps {one.suggestion!r}" if one.suggestion else ""
    where = f"row {one.row}, {_short(one.column or 'no column', HEADING)}" + (f" ({one.whole})" if one.whole else "")
    return f"    {where}: {one.reason} {_short(one.value, HEADING)!r}, expected {one.expected}{suggestion}"


def inspection_lines(found: Inspection) -> Iterator[str]:
    """The file, its columns, what could not be placed, ten answers, what is in doubt, and the proposal."""
    yield from _file(found)
    if found.corrects:
        yield f"Takes the place of {found.corrects}, which it corrects"
    yield "\nColumns"
    yield from (_column(column) for column in found.columns if column.field)
    if unplaced := [column for column in found.columns if not column.field]:
        yield "\nNot placed, and not read"
        yield from map(_unplaced, unplaced)
    yield from _answers(found)
    yield from (f"Note: {note}" for note in found.notes)
    if found.certain:
        how = f"with {CYCLE}" if CYCLE_NOTE in found.notes else "as it is"
        yield f"\nNothing is in doubt: load takes it {how}. The same as a mapping:\n"
    else:
        yield "\nTo decide before it loads"
        yield from (f"  {doubt}" for doubt in found.doubts)
        if not found.answers:
            yield "  (where it answers another standard, new-standard FILE drafts that)"
        yield "\nA mapping that decides it in the likeliest way; correct it, and give it with --mapping:\n"
    yield found.proposal


def survey_lines(found: Survey) -> Iterator[str]:
    """Of several files: how many are laid out alike, each kind in full, and those that cannot be read."""
    many, kinds = sum(len(kind.files) for kind in found.kinds), len(found.kinds)
    if kinds:
        yield f"{_files(many)} can be read, {'all laid out alike' if kinds == 1 else f'laid out in {kinds:,} ways'}"
    for place, kind in enumerate(found.kinds, 1):
        yield f"\n{place}. {_files(len(kind.files))}: {_names(kind.files)}"
        yield from inspection_lines(kind.found) if kind.found else ["Not looked at: inspect it alone"]
    if found.refused:
        yield f"\n{_files(len(found.refused))} cannot be read"
        yield from (f"  {sentence}" for sentence in found.refused.values())


def _files(many: int) -> str:
    return f"{many:,} file{'' if many == 1 else 's'}"


def _names(files: Sequence[str]) -> str:
    return ", ".join(files[:FIRST]) + (f" and {len(files) - FIRST:,} more" if len(files) > FIRST else "")


def _file(found: Inspection) -> Iterator[str]:
    first, last = found.header_rows
    parts = [found.format, found.encoding, {"\t": "tab"}.get(found.delimiter, found.delimiter)]
    yield f"{found.file}: {', '.join(filter(None, parts))}; {found.layout}; read as {found.standard}"
    if found.sheets:
        others = f" (not read: {', '.join(found.other_sheets)})" if found.other_sheets else ""
        yield f"Sheet {', '.join(found.sheets)}{others}"
    yield f"Header in row {first}" if first == last else f"Header in rows {first} to {last}"
    for fact in found.above:
        why = f"{fact['address']}, {fact['confidence']:.0%}: {fact['reason']}"
        yield f"Above the table: {fact['field']} is {fact['value']!r} ({why})"


def _column(column: Column) -> str:
    meaning = f"{column.field} {column.criterion}".strip()
    return f"  {column.column:>3} {_short(column.header):40} {meaning:16} {column.confidence:4.0%}  {column.reason}"


def _unplaced(column: Column) -> str:
    near = ", ".join(f"{guess.of or guess.meaning} ({guess.confidence:.0%})" for guess in column.guesses)
    return f"  {column.column:>3} {_short(column.header):40} {f'perhaps {near}' if near else 'no guess'}"


def _answers(found: Inspection) -> Iterator[str]:
    if found.missing_criteria:
        yield f"\nNo column for {', '.join(found.missing_criteria)}"
    if not found.preview:
        return
    yield f"\nThe first of {found.answers:,} answers"
    for row in found.preview:
        yield _answer(row)
    for reason, answers in found.rejected.items():
        yield f"{answers:,} {'answer' if answers == 1 else 'answers'} would be set aside: {reason}"


def _answer(row: Mapping[str, Any]) -> str:
    """Which record says what of which criterion, and how it is read."""
    date = f", {row['updated_at']:%Y-%m-%d}" if row["updated_at"] else ""
    where = f"row {row['row']}: {row['city']}, {row['cycle']}{date}, {_short(row['criterion'], 20)}"
    return f"  {where}: {(row['answer'] or '')!r} is {row['reason'] or row['status']}"


def _short(text: object, width: int = 40) -> str:
    return textwrap.shorten(" ".join(str(text or "").split()), width, placeholder="…")
