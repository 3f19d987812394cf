"""What is too large, or too broken, to be opened: looked at before memory is spent on it."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from pipelines.layouts.table import LayoutError

MOST_COLUMNS = 4096  # of a text or Parquet file
LARGEST = 300_000_000  # bytes that a workbook may have when unpacked
LARGEST_OLD = 50_000_000  # bytes of a workbook in the binary format of before 2007
MOST_PARTS = 20_000  # files in the workbook's archive
MOST_CELLS = 5_000_000  # of a sheet from A1 to its last cell: the reader keeps them all, blank ones too
LONGEST_CELL = 4 << 20  # bytes of XML
CHUNK = 1 << 20
DEFLATED = 1032  # times that bytes can shrink at most
BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
CELL = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*\br="([A-Z]+[0-9]+)"[^>]*>\s*'
    rb"<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>|</(?:\w+:)?c>)"
)


def check_columns(width: int, name: str) -> None:
    """Refuse a table that no survey tool writes. Raises LayoutError."""
    if width > MOST_COLUMNS:
        raise LayoutError(f"{name}: has {width:,} columns, more than the {MOST_COLUMNS:,} that are read")


def check_workbook(path: Path, name: str) -> None:
    """Refuse a workbook that would not fit into memory, or has formulas without results. Raises LayoutError."""
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
    if not packed:
        if path.stat().st_size > LARGEST_OLD:
            raise _too_large(name, path.stat().st_size)
        return
    try:
        with ZipFile(path) as archive:
            _check_parts(archive, name)
    except LayoutError:
        raise
    except BROKEN as fault:
        raise LayoutError(f"{name}: is not a workbook that can be opened: {fault}") from fault


def _check_parts(archive: ZipFile, name: str) -> None:
    """What an archive says of itself, and where it matters whether that is true."""
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if size > LARGEST or len(parts) > MOST_PARTS:
        raise _too_large(name, size)
    may_explode = sum(part.compress_size for part in parts) * DEFLATED > LARGEST
    for part in parts:
        if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
            _check_sheet(archive, part, name)
        elif may_explode:
            _unpack(archive, part)


def _too_large(name: str, size: int) -> LayoutError:
    return LayoutError(f"{name}: is too large a workbook ({size / 1e6:,.0f} MB unpacked); save the table as CSV")


def _unpack(archive: ZipFile, part: ZipInfo) -> None:
    """Read it once: zipfile reads no more than the part says it has, and finds what is not as it says."""
    with archive.open(part) as file:
        while file.read(CHUNK):
            pass


def _check_sheet(archive: ZipFile, part: ZipInfo, name: str) -> None:
    columns: set[bytes] = set()
    last = 0
    with archive.open(part) as file:
        for cells in _cells(file, name):
            if found := UNCALCULATED.search(cells):
                where = f"{found[1].decode()} of {Path(part.filename).stem}"
                raise LayoutError(
                    f"{name}: {where} is a formula without its result; open the workbook in a spreadsheet and save it"
                )
            places = CELL.findall(cells)
            columns.update(column for column, _ in places)
            last = max(last, max((int(row) for _, row in places), default=0))
    width = max(map(_number, columns), default=0)
    if width * last > MOST_CELLS:
        raise LayoutError(
            f"{name}: its cells reach to row {last:,} and column {width:,}, too far to be read; delete what is far out"
        )


def _cells(file: IO[bytes], name: str) -> Iterator[bytes]:
    """The XML in pieces that end between two cells."""
    left = b""
    while chunk := file.read(CHUNK):
        left += chunk
        end = max(left.rfind(b"c>") + 2, left.rfind(b"<row"))
        if end > 1:
            yield left[:end]
            left = left[end:]
        elif len(left) > LONGEST_CELL:
            raise LayoutError(f"{name}: has a cell that is too long to be read")
    yield left


def _number(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
