"""Arrow columns → the XML of spreadsheet rows, whole columns at a time."""

from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from lib.exports.alike import written

TEXT_MOST = 32_767  # characters a cell can hold: Excel calls a file with more damaged
CUT = " … [cut: an Excel cell ends here; CSV and Parquet hold the whole text]"
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{FFFE}\x{FFFF}]"  # not allowed in XML at all
_ESCAPE_LIKE = r"_(x[0-9A-Fa-f]{4}_)"  # Excel would read such a text as the character with that number
_OPEN_TEXT = '<is><t xml:space="preserve">'
_DAYS_TO_1970 = 25_569
_MICROSECONDS_A_DAY = 86_400_000_000


def row_xml(batch: pa.RecordBatch, styles: list[str]) -> pa.Buffer:
    """The rows as `<row>` elements in order. `styles` has each column's cell style, empty for the workbook's own."""
    cells = written(batch.columns, [partial(_cells, style=style) for style in styles], "")
    rows = pc.binary_join_element_wise("<row>", *cells, "</row>", "")
    return rows.buffers()[2].slice(0, int(pc.sum(pc.binary_length(rows)).as_py() or 0))


def _cells(column: pa.Array, style: str) -> pa.Array:
    """One `<c>` element per value; a missing value is an empty cell."""
    attribute = f' s="{style}"' if style else ""
    if pa.types.is_string(column.type):
        opening, values, closing = f'<c t="inlineStr"{attribute}>{_OPEN_TEXT}', _text(column), "</t></is></c>"
    elif pa.types.is_boolean(column.type):
        opening, values, closing = f'<c t="b"{attribute}><v>', column.cast(pa.int8()).cast(pa.string()), "</v></c>"
    else:
        opening, values, closing = f"<c{attribute}><v>", _number(column).cast(pa.string()), "</v></c>"
    return pc.fill_null(pc.binary_join_element_wise(opening, values, closing, ""), "<c/>")


def fitting(column: pa.Array) -> pa.Array:
    """What a cell can hold of the texts: 32,767 characters, and none that XML has not."""
    if (pc.max(pc.utf8_length(column)).as_py() or 0) > TEXT_MOST:
        column = _cut(column)
    return pc.replace_substring_regex(column, _CONTROL, "\ufffd")


def _text(column: pa.Array) -> pa.Array:
    column = fitting(column)
    column = pc.replace_substring_regex(column, _ESCAPE_LIKE, r"_x005F_\1")
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;")):
        column = pc.replace_substring(column, character, entity)
    return column


def _cut(column: pa.Array) -> pa.Array:
    short = pc.binary_join_element_wise(pc.utf8_slice_codeunits(column, 0, TEXT_MOST - len(CUT)), CUT, "")
    return pc.if_else(pc.greater(pc.utf8_length(column), TEXT_MOST), short, column)


def _number(column: pa.Array) -> pa.Array:
    """Numbers as they are; a date and time as Excel counts it, in days since 1899-12-30."""
    if not pa.types.is_timestamp(column.type):
        return column
    microseconds = column.cast(pa.timestamp("us", column.type.tz)).cast(pa.int64())
    return pc.add(pc.divide(microseconds.cast(pa.float64()), float(_MICROSECONDS_A_DAY)), float(_DAYS_TO_1970))
