"""Files that nobody should load, written for tests: name → how to write it."""

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import duckdb
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

MB = 1 << 20
HEADER = b"city,cycle,criterion_id,response,evidence\n"
ROW = b"Alder Falls,2025,DM1,yes,\n"


def workbook(cells: dict[str, object]) -> bytes:
    """A workbook of one sheet, as openpyxl writes it: formulas without results."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for address, value in cells.items():
        sheet[address] = value
    text = io.BytesIO()
    book.save(text)
    return text.getvalue()


ODS_START = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
 <table:table table:name="s">"""
ODS_END = "</table:table></office:spreadsheet></office:body></office:document-content>"
MANIFEST = """<?xml version="1.0"?><manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""
SOUND = workbook({"A1": "city", "B1": "DM1", "C1": "DM2", "A2": "Alder Falls", "B2": "yes", "C2": "no"})


def with_sheet(xml: bytes) -> bytes:
    """The sound workbook with another sheet in it."""
    text = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(SOUND)) as sound,
        zipfile.ZipFile(text, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book,
    ):
        for part in sound.infolist():
            book.writestr(part.filename, xml if part.filename == "xl/worksheets/sheet1.xml" else sound.read(part))
    return text.getvalue()


def lying(book: bytes, size: int) -> bytes:
    """The workbook whose archive says that its sheet has another size."""
    with zipfile.ZipFile(io.BytesIO(book)) as sheets:
        real = sheets.getinfo("xl/worksheets/sheet1.xml").file_size
    return book.replace(real.to_bytes(4, "little"), size.to_bytes(4, "little"))


def sheet(rows: bytes) -> bytes:
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return start + rows + b"</sheetData></worksheet>"


def cell(address: str, text: bytes) -> bytes:
    return b'<c r="' + address.encode() + b'" t="inlineStr"><is><t>' + text + b"</t></is></c>"


def parquet(path: Path) -> None:
    """Damaged in the middle: head and end are sound."""
    rows = "select 'City ' || i as city, '2025' as cycle, md5(i::text) as evidence, 'DM1' as criterion, 'yes' as answer"
    duckdb.sql(f"{rows} from range(50000) as t(i)").write_parquet(str(path), row_group_size=10_000)
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4000] = b"!" * 4000
    path.write_bytes(bytes(content))


def far_cell() -> bytes:
    rows = b'<row r="1">' + cell("A1", b"city") + cell("B1", b"DM1") + b'</row><row r="1048576">'
    return with_sheet(sheet(rows + cell("XFD1048576", b"stray") + b"</row>"))


def corrupt() -> bytes:
    """The sheet itself cannot be unpacked."""
    with zipfile.ZipFile(io.BytesIO(SOUND)) as book:
        start = book.getinfo("xl/worksheets/sheet1.xml").header_offset + 60
    return SOUND[:start] + b"?" * 100 + SOUND[start + 100 :]


def ods_row(*texts: str, rows: int = 1, columns: int = 1) -> str:
    """A row of texts; each stands `columns` times, the row `rows` times."""
    start = f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
    cells = "".join(f"{start}<text:p>{text}</text:p></table:table-cell>" for text in texts)
    return f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


def ods(*rows: str) -> bytes:
    """An OpenDocument file of one sheet."""
    text = io.BytesIO()
    with zipfile.ZipFile(text, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", ODS_START + "".join(rows) + ODS_END)
        book.writestr("META-INF/manifest.xml", MANIFEST)
    return text.getvalue()


def xlsb(*rows: tuple[int, list[int]]) -> bytes:
    """The one part of an XLSB workbook that says how far its cells reach: rows and the columns of their cells."""
    records = b""
    for row, columns in rows:
        records += b"\x00\x11" + row.to_bytes(4, "little") + bytes(13)
        records += b"".join(b"\x01\x08" + column.to_bytes(4, "little") + bytes(4) for column in columns)
    text = io.BytesIO()
    with zipfile.ZipFile(text, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.bin", b"\x81\x01\x00" + records + b"\x82\x01\x00")
    return text.getvalue()


@cache
def bomb() -> bytes:
    """300 MB that pack into very little."""
    return with_sheet(sheet(b'<row r="1">' + cell("A1", b" " * (300 * MB)) + b"</row>"))


def _bytes(content: Callable[[], bytes]) -> Callable[[Path], None]:
    return lambda path: void(path.write_bytes(content()))


def void(_: object) -> None:
    """Nothing."""


FILES: dict[str, Callable[[Path], None]] = {
    "empty.csv": _bytes(lambda: b""),
    "noise.csv": _bytes(lambda: bytes(range(256)) * 40),
    "nul.csv": _bytes(lambda: HEADER + ROW + b"Bir\0ch,2025,DM2,yes,\n"),
    "late-nul.csv": _bytes(lambda: HEADER + b"\0,\0,\0,\0,\0\n" * 3 + ROW),
    "columns.csv": _bytes(
        lambda: b"city," + b",".join(b"q%d" % n for n in range(100_000)) + b"\nA" + b",yes" * 100_000
    ),
    "late-columns.csv": _bytes(lambda: HEADER + ROW * 100 + b"x," * 100_000 + b"\n" + ROW),
    "cell.csv": _bytes(lambda: HEADER + ROW * 3 + b'A,2025,DM2,yes,"' + b"x" * (100 * MB) + b'"\n' + ROW),
    "open-quote.csv": _bytes(lambda: HEADER + b'"' + ROW * 2_000_000),
    "no-end.csv": _bytes(lambda: b"x" * (100 * MB)),
    "corrupt.xlsx": _bytes(corrupt),
    "cut-off.xlsx": _bytes(lambda: SOUND[: len(SOUND) // 2]),
    "no-workbook.xlsx": _bytes(lambda: b"PK\x03\x04 no workbook"),
    "bomb.xlsx": _bytes(bomb),
    "lying-bomb.xlsx": _bytes(lambda: lying(bomb(), 1000)),
    "far-cell.xlsx": _bytes(far_cell),
    "formula.xlsx": _bytes(lambda: workbook({"A1": "city", "B1": "DM1", "A2": "A", "B2": '=IF(1>0,"yes","no")'})),
    "repeated.ods": _bytes(lambda: ods(ods_row("city", rows=1048576, columns=16384))),
    "tall.ods": _bytes(lambda: ods(ods_row("city", "DM1"), ods_row("A", rows=600_000, columns=20))),
    "far.xlsb": _bytes(lambda: xlsb((0, [0, 1]), (1048575, [16383]))),
    "damaged.parquet": parquet,
    "no-parquet.parquet": _bytes(lambda: b"PAR1 nothing PAR1"),
}
