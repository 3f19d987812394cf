"""CSV and its kin: comma, semicolon, tab or bar; UTF-8 with or without a byte order mark."""

import csv
import io
import mmap
import re
from collections.abc import Iterable, Iterator, Sequence
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

    DuckDB scans the file itself, unless its lines are not plain (see `_plain_lines`) or, with `repair`, its strict scan
    refused a record: then it scans a copy that Python has read.
    """
    delimiter = _delimiter(_sample(path, name))
    head = tuple(islice(kept(_records(path, name, delimiter)), HEAD))
    if repair or not (_regular(head) and _plain_lines(path, delimiter)):
        widest = max((len(record.cells) for record in _records(path, name, delimiter)), default=0)
        return numbered_copy(_records(path, name, delimiter), widest, name, scratch / f"{path.name}.csv")
    width = len(head[0].cells)
    return Received(name, head, width, CsvScan(path, delimiter, width))


def numbered_copy(records: Iterable[Record], width: int, name: str, copy: Path) -> Received:
    """Write the records that hold anything as clean CSV: numbered, padded to `width`, one kind of line end."""
    head: list[Record] = []
    with copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for record in kept(records):
            if len(head) < HEAD:
                head.append(record)
            pad = [""] * (width - len(record.cells))
            writer.writerow((record.number, *map(_one_line_end, record.cells), *pad))
    if not head:
        raise LayoutError(f"{name}: is empty")
    return Received(name, tuple(head), width, CsvScan(copy, ",", width, numbered=True))


def _one_line_end(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


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


def _regular(head: Sequence[Record]) -> bool:
    """Whether the first records follow each other without blank lines, in one width, after a header of one line.

    DuckDB skips half of a longer header if a byte order mark stands before its first quote.
    """
    if not head or any("\n" in cell or "\r" in cell for cell in head[0].cells):
        return False
    return head[-1].number == len(head) and len({len(record.cells) for record in head}) == 1


def _plain_lines(path: Path, delimiter: str) -> bool:
    """Whether DuckDB can be trusted with the lines of a file.

    It drops blank lines without counting them, and drops records without a word where line ends differ: CRLF between
    records and LF inside quoted cells, as Excel writes them, is enough. A line that holds only delimiters is no answer
    either. One of those inside a quoted cell sends a file the slow way for nothing, which is harmless.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find(b"\r") >= 0 and not _all_crlf(data):
            return False
        return data[:1] not in (b"\n", b"\r") and _blank_line(delimiter.encode()).search(data) is None


def _all_crlf(data: mmap.mmap) -> bool:
    ends = returns = pairs = 0
    for start in range(0, len(data), SAMPLE):
        chunk = data[start : start + SAMPLE + 1]  # one more byte, for a pair across the border
        pairs += chunk.count(b"\r\n")
        returns += chunk.count(b"\r", 0, SAMPLE)
        ends += chunk.count(b"\n", 0, SAMPLE)
    return ends == returns == pairs


def _blank_line(delimiter: bytes) -> re.Pattern[bytes]:
    """A blank line that is not the last, or a line of delimiters.

    Begins with a fixed sign and a cheap look at the next: a gigabyte takes half a second.
    """
    one = re.escape(delimiter)
    return re.compile(rb"\n(?=[%b\r\n])(?:%b+\r?(?:\n|\Z)|(?:\r?\n)+(?=[^\r\n]))" % (one, one))
