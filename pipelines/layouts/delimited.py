"""CSV and its kin: comma, semicolon, tab or bar; UTF-8 with or without a byte order mark."""

import csv
import io
import mmap
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from pipelines.layouts.received import HEAD, CsvScan, Received, Record, kept
from pipelines.layouts.table import LayoutError

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 1 << 20  # bytes looked at to tell the delimiter; more than twenty records of the widest survey
LONGEST_CELL = 1 << 20  # DuckDB reads records up to twice this without larger buffers
LONGEST_CHARACTER = 4  # bytes in UTF-8


def receive(path: Path, name: str, scratch: Path, *, repair: bool) -> Received:
    """Look at the head of a text file. Raises LayoutError if it is empty or not text in UTF-8.

    DuckDB scans the file itself, unless the numbers of its records could only be told by a slower reading: blank
    lines, which DuckDB drops without counting them, or `repair`, for what its strict scan refused.
    """
    delimiter = _delimiter(_sample(path, name))
    head = _head(path, name, delimiter)
    if not head:
        raise LayoutError(f"{name}: is empty")
    if repair or head[-1].number != len(head) or _has_blank_lines(path, delimiter):
        return numbered_copy(_records(path, name, delimiter), name, scratch / f"{path.name}.csv")
    width = len(head[0].cells)
    return Received(name, head, width, CsvScan(path, delimiter, width))


def numbered_copy(records: Iterable[Record], name: str, copy: Path) -> Received:
    """Write the records that hold anything as clean CSV, each with its number in front, padded to the widest."""
    head, width = _copy_ragged(kept(records), ragged := copy.with_suffix(".ragged"))
    if not head:
        raise LayoutError(f"{name}: is empty")
    with ragged.open(encoding="utf-8", newline="") as source, copy.open("w", encoding="utf-8", newline="") as target:
        pad = [""] * width
        csv.writer(target).writerows((*cells, *pad[len(cells) - 1 :]) for cells in csv.reader(source))
    ragged.unlink()
    return Received(name, head, width, CsvScan(copy, ",", width, numbered=True))


def _copy_ragged(records: Iterator[Record], path: Path) -> tuple[tuple[Record, ...], int]:
    """The head and the greatest width of the records, which are known only when all have been written."""
    head: list[Record] = []
    width = 0
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        for record in records:
            width = max(width, len(record.cells))
            if len(head) < HEAD:
                head.append(record)
            writer.writerow((record.number, *record.cells))
    return tuple(head), width


def _sample(path: Path, name: str) -> str:
    """The first bytes as text. A character cut in two at the end of the sample is not a fault."""
    with path.open("rb") as file:
        data = file.read(SAMPLE)
    if b"\0" in data:
        raise LayoutError(f"{name}: is neither text, a workbook nor a Parquet file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        if len(data) == SAMPLE and len(data) - fault.start < LONGEST_CHARACTER:
            return data[: fault.start].decode("utf-8-sig")
        raise _undecodable(name, fault) from fault


def _undecodable(name: str, fault: UnicodeDecodeError) -> LayoutError:
    return LayoutError(
        f"{name}: is not UTF-8 text (byte 0x{fault.object[fault.start]:02x}); save it again as “CSV UTF-8”"
    )


def _delimiter(sample: str) -> str:
    """The sign that cuts most records into as many cells as the first, and into most cells."""

    csv.field_size_limit(LONGEST_CELL)

    def evidence(delimiter: str) -> tuple[float, int]:
        records = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = [len(cells) for cells in islice(records, HEAD)]
        width = widths[0] if widths else 0
        return (widths.count(width) / max(len(widths), 1) * width, width) if width > 1 else (0, width)

    return max(DELIMITERS, key=evidence)


def _head(path: Path, name: str, delimiter: str) -> tuple[Record, ...]:
    return tuple(islice(kept(_records(path, name, delimiter)), HEAD))


def _records(path: Path, name: str, delimiter: str) -> Iterator[Record]:
    """Every record of the file, blank ones too, read leniently. Raises LayoutError where the bytes are not text."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            for number, cells in enumerate(csv.reader(file, delimiter=delimiter), 1):
                yield Record(number, tuple(cells))
        except UnicodeDecodeError as fault:
            raise _undecodable(name, fault) from fault
        except csv.Error as fault:
            raise LayoutError(f"{name}: cannot be read as delimited text: {fault}") from fault


def _has_blank_lines(path: Path, delimiter: str) -> bool:
    """Whether a line that is not the last is blank, or any holds nothing but delimiters. Also true where that stands
    inside a quoted cell, which costs time and nothing else."""
    sign = re.escape(delimiter).encode()
    blank = re.compile(rb"\n(?:%b+(?:\r?\n|\Z)|(?:\r?\n)+(?=[^\r\n]))|\r\r" % sign)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data[:1] in (b"\n", b"\r") or blank.search(data) is not None
