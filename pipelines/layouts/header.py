"""The header of a file, whoever wrote it: what each column may be called, and where the data begin."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipelines.layouts.matching import key
from pipelines.layouts.received import Record

COLUMN = re.compile(r"^column ([A-Z]{1,3})$")

Recogniser = Callable[[Sequence[Record], int], "Header | None"]


@dataclass(frozen=True, slots=True)
class Header:
    """`texts`: per column what may name it, the likeliest first, none blank. `labels`: per column the text that a
    person would look for in the file. `records`: how many records of the head come before the data, those `above` the
    header among them. `dates`: the order that the tool which wrote the file uses, if it is known for one. `first`
    and `last`: the numbers of the header's own records."""

    layout: str
    texts: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    records: int
    date_formats: tuple[str, ...] = ()
    dates: str = ""
    above: tuple[Record, ...] = ()
    first: int = 1
    last: int = 1


def placed(header: Header, head: Sequence[Record], place: int) -> Header:
    """The header as it stands in the file, under the first `place` records of it."""
    records = place + header.records
    first, last = head[place].number, head[records - 1].number
    return replace(header, records=records, above=tuple(head[:place]), first=first, last=last)


def find(header: Header, text: str) -> list[int]:
    """The columns that a person means by `text`: by what is written, by its letters and digits alone, by letter."""
    for same in (str.strip, key):
        found = [number for number, texts in enumerate(header.texts) if same(text) in map(same, texts)]
        if found:
            return found
    letter = COLUMN.match(text)
    return [number for number in range(len(header.texts)) if letter and column_letter(number) == letter[1]]


def address(header: Header, column: int) -> str:
    """How a mapping names a column: by its header, or by its letter where that stands twice or nowhere."""
    label = header.labels[column]
    return label if find(header, label) == [column] else f"column {column_letter(column)}"


def column_letter(position: int) -> str:
    """A column as a spreadsheet calls it: 0 → A, 25 → Z, 26 → AA."""
    before, last = divmod(position, 26)
    return (column_letter(before - 1) if before else "") + chr(ord("A") + last)


def padded(record: Record, width: int) -> tuple[str, ...]:
    """The cells of a record, blank ones added up to `width`."""
    return record.cells + ("",) * (width - len(record.cells))


def labelled(texts: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The first text of each column; a column without any is known by its letter."""
    return tuple(names[0] if names else f"column {column_letter(number)}" for number, names in enumerate(texts))


def told_apart(*names: str) -> tuple[str, ...]:
    """The texts that say anything, each once, in order."""
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
