"""What is too large, or too broken, to be opened: looked at before memory is spent on it."""

import re
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from pipelines.layouts.extent import Extent, of_addresses, of_ods, of_xlsb, xml_pieces
from pipelines.layouts.table import LayoutError, broken

MOST_COLUMNS = 4096  # of a text or Parquet file
LARGEST = 300_000_000  # bytes that a workbook may have when unpacked
LARGEST_OLD = 50_000_000  # bytes of a workbook in the binary format of before 2007
MOST_PARTS = 20_000  # files in the workbook's archive
MOST_CELLS = 5_000_000  # of a sheet from A1 to its last cell: the reader keeps them all, blank ones too
CHUNK = 1 << 20
ODS = "content.xml"  # all sheets of an OpenDocument file
DEFLATED = 1032  # times that bytes can shrink at most
BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
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
        raise broken(name) from fault


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
        elif part.filename == ODS or (part.filename.startswith("xl/worksheets/") and part.filename.endswith(".bin")):
            _check_other(archive, part, name)
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
    extent = (0, 0)
    with archive.open(part) as file:
        for cells in xml_pieces(file, name, (b"c>", b"<row")):
            if found := UNCALCULATED.search(cells):
                where = f"{found[1].decode()} of {Path(part.filename).stem}"
                raise LayoutError(
                    f"{name}: {where} is a formula without its result; open the workbook in a spreadsheet and save it"
                )
            extent = of_addresses(cells, extent)
            _check_extent(extent, name)


def _check_extent(extent: Extent, name: str) -> None:
    rows, columns = extent
    if rows * columns > MOST_CELLS:
        raise LayoutError(
            f"{name}: its cells reach to row {rows:,} and column {columns:,}, too far to be read; "
            "delete what is far out"
        )


def _check_other(archive: ZipFile, part: ZipInfo, name: str) -> None:
    """A sheet of an XLSB workbook, or all those of an OpenDocument file."""
    with archive.open(part) as file:
        for extent in of_ods(file, name) if part.filename == ODS else of_xlsb(file):
            _check_extent(extent, name)
