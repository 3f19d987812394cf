"""The header of a file, whoever wrote it: what each column may be called, and where the data begin."""

from dataclasses import dataclass

from pipelines.layouts.received import Record


@dataclass(frozen=True, slots=True)
class Header:
    """`texts`: per column what may name it, the likeliest first, none blank. `labels`: per column the text that a
    person would look for in the file. `records`: how many records of the head belong to the header."""

    layout: str
    texts: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    records: int
    date_formats: tuple[str, ...] = ()


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
