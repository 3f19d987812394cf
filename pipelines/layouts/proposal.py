"""What was decided about a file as a mapping file: to be read, corrected and given back to the loader."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipelines.layouts.claims import Doubt
from pipelines.layouts.columns import Plan
from pipelines.layouts.header import address
from pipelines.layouts.received import Written
from pipelines.mapping import CHOICES, ColumnMapping


def proposed(plans: Sequence[Plan], written: Written, told: ColumnMapping, doubts: Iterable[Doubt]) -> str:
    """The TOML of a mapping that says what the plans say; what is in doubt carries a comment."""
    decided, doubts = plans[0], list(doubts)
    lines = [
        *(f"# To decide: {line(doubt.why)}" for doubt in doubts),
        *_top(_shared(plans), written, told, doubts),
        *_table("attributes", {address(decided.header, n): name for name, n in decided.attributes.items()}),
        *_table("cells", {m: fact.address for m, fact in decided.facts.items()} | _of(doubts, "cells")),
        *_table("criteria", _criteria(decided, told) | _of(doubts, "criteria")),
        *_answers(told),
    ]
    return "\n".join(lines) + "\n"


def _shared(plans: Sequence[Plan]) -> Plan:
    """The first plan, with the columns only that have the same name in each: of several sheets some lack a date."""
    first = plans[0]
    same = {
        meaning: column
        for meaning, column in first.columns.items()
        if all(plan.headers.get(meaning) == first.headers[meaning] for plan in plans)
    }
    return replace(first, columns=same)


def with_doubt(toml: str, doubt: Doubt) -> str:
    """The same with one more thing to decide, at its top."""
    return f"# To decide: {line(doubt.why)}\n{doubt.key} = {toml_text(doubt.value)}\n{toml}"


def toml_text(words: str) -> str:
    """A TOML string: JSON's escapes are TOML's too, but for DEL."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _top(decided: Plan, written: Written, told: ColumnMapping, doubts: Sequence[Doubt]) -> Iterator[str]:
    columns = {meaning: address(decided.header, column) for meaning, column in decided.columns.items()}
    columns |= {doubt.key: doubt.value for doubt in doubts if _is_top(doubt)}
    yield from (f"{key} = {toml_text(value)}" for key, value in columns.items())
    if written.sheets and not any(doubt.key == "sheet" for doubt in doubts):
        yield f"sheet = [{', '.join(map(toml_text, written.sheets))}]"
    if decided.header.above:
        yield f"header_row = {decided.header.first}"
    if written.encoding and not written.encoding.startswith("UTF-8"):
        yield f"encoding = {toml_text(told.encoding or written.encoding.split(' with')[0].replace(' ', '-').lower())}"
    if written.delimiter:
        yield f"delimiter = {toml_text(written.delimiter)}"
    yield from (f"{key} = {toml_text(value)}" for key in CHOICES if (value := getattr(told, key)))
    yield from _lists(decided, told, doubts)


def _lists(decided: Plan, told: ColumnMapping, doubts: Sequence[Doubt]) -> Iterator[str]:
    if told.date_formats:
        yield f"date_formats = [{', '.join(map(toml_text, told.date_formats))}]"
    ignored = [*told.ignore, *(doubt.value for doubt in doubts if doubt.key == "ignore")]
    if ignored:
        yield f"ignore = [{', '.join(map(toml_text, ignored))}]"
    if decided.left:
        unread = ", ".join(toml_text(line(address(decided.header, column))) for column in decided.left)
        yield f"# Columns that are not read: {unread}"


def _is_top(doubt: Doubt) -> bool:
    return bool(doubt.key) and not doubt.table and doubt.key != "ignore"


def _of(doubts: Iterable[Doubt], table: str) -> dict[str, str]:
    return {doubt.key: doubt.value for doubt in doubts if doubt.table == table}


def _criteria(decided: Plan, told: ColumnMapping) -> dict[str, str]:
    """Header → criterion of the columns that name one, and what the mapping said already."""
    known = (x for x in decided.questions if (claim := decided.claims.get(x.column)) and claim.of)
    return {**told.criteria, **{decided.header.labels[x.column]: x.criterion for x in known}}


def _answers(told: ColumnMapping) -> Iterator[str]:
    if told.answers:
        yield from ("", "[answers]")
    for meaning in dict.fromkeys(told.answers.values()):
        words = ", ".join(toml_text(word) for word, answer in told.answers.items() if answer == meaning)
        yield f"{toml_text(meaning)} = [{words}]"


def _table(name: str, entries: dict[str, str]) -> Iterator[str]:
    if entries:
        yield from ("", f"[{name}]")
    yield from (f"{toml_text(key)} = {toml_text(value)}" for key, value in entries.items())


def line(words: str) -> str:
    """A text that cannot leave its comment: control characters are no part of TOML's comments."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
