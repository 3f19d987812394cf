"""A file as received, whatever its format: the first records as text, and SQL that scans the rest."""

# ruff: noqa: S608 — every name and text in this SQL goes through quoting

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipelines.layouts.quoting import file_name, identifier, literal

HEAD = 40  # records looked at to tell layout and columns: title, notes, a header of up to three, and some data


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its number as a spreadsheet shows it, and its cells as text (blank = '')."""

    number: int
    cells: tuple[str, ...]


class Scan(Protocol):
    """A file that DuckDB can scan."""

    @property
    def numbered(self) -> bool:
        """Whether a record's number is in the relation; else its place in the file tells it."""
        ...

    def relation(self, skip: int) -> str:
        """A table expression without the first `skip` records: c0, c1, … VARCHAR, in the order of the file."""
        ...


@dataclass(frozen=True, slots=True)
class Written:
    """How a file is written. `sheets` of a workbook are read, `others` are not. `doubt`: why this may be wrong."""

    format: str
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """`name` is the file's own name, for messages; every record is as wide as `width` or shorter.

    `records` reads all of a text file once more, record by record; None for other formats.
    """

    name: str
    head: tuple[Record, ...]
    width: int
    scan: Scan
    written: Written
    records: Callable[[], Iterable[Record]] | None = None


@dataclass(frozen=True, slots=True)
class CsvScan:
    """A text file in UTF-8. With `numbered`, the first field of each record is its number (see `numbered_copy`)."""

    path: Path
    delimiter: str
    width: int
    numbered: bool = False

    def relation(self, skip: int) -> str:
        """Nothing is detected at scan time: strict, parallel, and an error rather than a guess on a ragged record."""
        columns = [*(["row"] if self.numbered else []), *column_names(self.width)]
        types = ", ".join(f"{literal(name)}: '{'BIGINT' if name == 'row' else 'VARCHAR'}'" for name in columns)
        return (
            f"read_csv({file_name(self.path)}, auto_detect = false, header = false, skip = {skip}, "
            f"delim = {literal(self.delimiter)}, quote = '\"', escape = '\"', hive_partitioning = false, "
            f"columns = {{{types}}})"
        )


@dataclass(frozen=True, slots=True)
class ParquetScan:
    """A Parquet file; its column names are the header, so the first data record is number 2."""

    path: Path
    names: tuple[str, ...]
    numbered: bool = True

    def relation(self, skip: int) -> str:
        """Every column as text; `skip` counts the header as a record, as everywhere."""
        cells = (f"{identifier(name)}::varchar as c{position}" for position, name in enumerate(self.names))
        return (
            f'(select file_row_number + 2 as "row", {", ".join(cells)} from read_parquet({file_name(self.path)}, '
            f"file_row_number = true, hive_partitioning = false) where file_row_number >= {skip - 1})"
        )


def column_names(width: int) -> list[str]:
    """What the columns are called in SQL: c0, c1, …; header texts repeat and may be blank."""
    return [f"c{position}" for position in range(width)]


def kept(records: Iterable[Record]) -> Iterator[Record]:
    """The records that hold anything: a spreadsheet's blank rows are numbered but are not answers."""
    return (record for record in records if any(map(str.strip, record.cells)))
