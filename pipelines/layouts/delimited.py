"""CSV and its kin: comma, semicolon, tab or bar, in whatever encoding."""

import csv
import io
import mmap
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

from pipelines.layouts.bounds import check_columns
from pipelines.layouts.encoding import SAMPLE, Encoding, encoding_of, undecodable, utf8_copy
from pipelines.layouts.received import HEAD, CsvScan, Received, Record, Written, kept
from pipelines.layouts.table import LayoutError
from pipelines.mapping import ColumnMapping

DELIMITERS = (",", ";", "\t", "|")
QUOTED_AFTER_MARK = b'\xef\xbb\xbf"'  # DuckDB does not see the quote, and reads what is quoted as records
LONGEST_CELL = 1 << 20  # DuckDB reads records up to twice this without larger buffers
TOO_LONG = f"a cell has more than {LONGEST_CELL:,} characters, or a quotation mark is never closed"


def receive(path: Path, name: str, scratch: Path, told: ColumnMapping, *, repair: bool) -> Received:
    """Look at the head of a text file. Raises LayoutError if it is empty or not text.

    DuckDB scans the file itself, unless it is not UTF-8, its lines are not plain (see `_plain_lines`) or, with
    `repair`, its strict scan refused a record: then it scans a copy that Python has read.
    """
    encoding = encoding_of(path, name, told.encoding, whole=repair)
    text = path if encoding.scanned_as_is else utf8_copy(path, encoding, scratch / f"{path.name}.utf8", name)
    delimiter = told.delimiter or _delimiter(_sample(text, name))
    written = Written("delimited text", encoding.name, delimiter, doubt=encoding.doubt)
    head = tuple(islice(kept(_records(text, name, delimiter)), HEAD))
    records = partial(_records, text, name, delimiter)
    if repair or not (_regular(head) and _plain_lines(text, delimiter)):
        widest = max((len(record.cells) for record in records()), default=0)
        copied = numbered_copy(records(), widest, name, scratch / f"{path.name}.csv", written)
        return replace(copied, records=records)
    width = len(head[0].cells)
    return Received(name, head, width, CsvScan(text, delimiter, width), written, records)


def text_of(path: Path, name: str) -> tuple[str, str]:
    """All of a small text file, and its delimiter. Raises LayoutError if it is not text."""
    encoding = encoding_of(path, name, whole=True)
    try:
        text = path.read_bytes().decode(encoding.codec)
    except UnicodeError as fault:
        raise undecodable(name, encoding, fault) from fault
    return text, _delimiter(text)


def numbered_copy(records: Iterable[Record], width: int, name: str, copy: Path, written: Written) -> Received:
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
    return Received(name, tuple(head), width, CsvScan(copy, ",", width, numbered=True), written)


def _one_line_end(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


def _sample(path: Path, name: str) -> str:
    """The first bytes as text; what follows them may still be broken."""
    with path.open("rb") as file:
        text = file.read(SAMPLE).decode("utf-8-sig", errors="ignore")
    if "\0" in text:
        raise LayoutError(f"{name}: is neither text, a workbook nor a Parquet file")
    return text


def _delimiter(sample: str) -> str:
    """The sign that cuts most records into equally many cells, and into most; titles above a table have fewer."""
    csv.field_size_limit(LONGEST_CELL)

    def evidence(delimiter: str) -> tuple[int, int]:
        records = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = Counter(len(cells) for cells in islice(records, HEAD) if len(cells) > 1)
        width, times = max(widths.items(), key=lambda found: found[0] * found[1], default=(0, 0))
        return width * times, width

    return max(DELIMITERS, key=evidence)


def _records(path: Path, name: str, delimiter: str) -> Iterator[Record]:
    """Every record of the file, blank ones too, read leniently. Raises LayoutError where the bytes are not text."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            for number, cells in enumerate(csv.reader(file, delimiter=delimiter), 1):
                check_columns(len(cells), name)
                yield Record(number, tuple(cells))
        except UnicodeDecodeError as fault:
            raise undecodable(name, Encoding("utf-8", "UTF-8"), fault) from fault
        except csv.Error as fault:
            why = TOO_LONG if "field limit" in str(fault) else str(fault)
            raise LayoutError(f"{name}: cannot be read as delimited text: {why}") from fault


def _regular(head: Sequence[Record]) -> bool:
    """Whether the first records follow each other without blank lines, in one width, after a header of one line.

    DuckDB skips half of a longer header.
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
        if data[:4] == QUOTED_AFTER_MARK or (data.find(b"\r") >= 0 and not _all_crlf(data)):
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
