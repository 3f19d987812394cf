"""How far the cells of a sheet reach, told from the file itself before the reader makes room for all of them."""

import re
from collections.abc import Iterator
from typing import IO

from pipelines.layouts.table import LayoutError

CHUNK = 1 << 20
LONGEST_CELL = 4 << 20  # bytes of XML
CELL = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
ODS_TAG = re.compile(rb"<(table:table|/?table:table-row|table:(?:covered-)?table-cell)(?=[\s/>])([^>]*)>")
ROWS = re.compile(rb'table:number-rows-repeated="(\d{1,9})"')
COLUMNS = re.compile(rb'table:number-columns-repeated="(\d{1,9})"')
ROW, LAST_CELL = 0, 11  # record types of XLSB: BrtRowHdr, and BrtFmlaError, the last one of those that are cells
Extent = tuple[int, int]  # rows and columns, from A1 on


def xml_pieces(file: IO[bytes], name: str, ends: tuple[bytes, ...]) -> Iterator[bytes]:
    """The XML in pieces that end behind one of `ends`. Raises LayoutError where one is too long."""
    left = b""
    while chunk := file.read(CHUNK):
        left += chunk
        end = max(at + len(sign) if (at := left.rfind(sign)) >= 0 else 0 for sign in ends)
        if end:
            yield left[:end]
            left = left[end:]
        elif len(left) > LONGEST_CELL:
            raise LayoutError(f"{name}: has a cell that is too long to be read")
    yield left


def of_addresses(cells: bytes, so_far: Extent) -> Extent:
    """The extent with the cells of this piece of an XLSX sheet."""
    rows, columns = so_far
    for letters, row in set(CELL.findall(cells)):
        rows, columns = max(rows, int(row)), max(columns, number(letters))
    return rows, columns


def of_ods(file: IO[bytes], name: str) -> Iterator[Extent]:
    """The extent of the sheets of an OpenDocument file, growing. Blank cells at the end do not count.

    A row or cell that is said to repeat counts as often.
    """
    rows = columns = past = column = repeat = 0
    filled = 0
    for piece in xml_pieces(file, name, (b">",)):
        for tag, told in ODS_TAG.findall(piece):
            if tag == b"table:table":
                rows = columns = past = 0
            elif tag == b"table:table-row":
                repeat, column, filled = _times(ROWS, told), 0, 0
            elif tag == b"/table:table-row":
                past += repeat
                rows, columns = (past, max(columns, filled)) if filled else (rows, columns)
                yield rows, columns
            else:
                column += _times(COLUMNS, told)
                filled = filled if told.endswith(b"/") and b"office:value" not in told else column
                yield max(rows, past + repeat if filled else 0), max(columns, filled)


def of_xlsb(file: IO[bytes]) -> Iterator[Extent]:
    """The extent of a sheet of an XLSB workbook, growing with each row: its records, type and length before each."""
    rows = columns = 0
    buffer, at = b"", 0
    while True:
        if len(buffer) - at < CHUNK // 2:
            buffer, at = buffer[at:] + file.read(CHUNK), 0
        if at >= len(buffer):
            return
        kind, at = _varint(buffer, at, 2)
        size, at = _varint(buffer, at, 4)
        if kind == ROW:
            rows = max(rows, int.from_bytes(buffer[at : at + 4], "little") + 1)
            yield rows, columns
        elif kind <= LAST_CELL:
            columns = max(columns, int.from_bytes(buffer[at : at + 4], "little") + 1)
            yield rows, columns
        at += size
        if at > len(buffer):
            file.seek(at - len(buffer), 1)
            buffer, at = b"", 0


def number(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    found = 0
    for letter in letters:
        found = found * 26 + letter - ord("A") + 1
    return found


def _times(pattern: re.Pattern[bytes], told: bytes) -> int:
    found = pattern.search(told)
    return int(found[1]) if found else 1


def _varint(buffer: bytes, at: int, most: int) -> tuple[int, int]:
    """Seven bits a byte, the lowest first; and the place behind it."""
    value = 0
    for place in range(most):
        byte = buffer[at] if at < len(buffer) else 0
        value |= (byte & 0x7F) << (7 * place)
        at += 1
        if byte < 0x80:  # noqa: PLR2004 - the bit that says that another follows
            break
    return value, at
