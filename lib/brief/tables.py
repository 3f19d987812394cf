"""Tables that PowerPoint can edit, each with its alternative text, in type that fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from lib.brief.deck import LOOK, Place, describe
from lib.brief.measuring import LEADING, is_broken, lines_of

_MARGIN_X, _MARGIN_Y = Inches(0.06), Inches(0.025)
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's "No Style, No Grid"
_SIZES = (Pt(14), Pt(12), Pt(11), Pt(10))
_EASY, _STEP = Inches(0.4), Inches(0.005)


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a table: its text and how it looks; `align` is l, ctr or r."""

    text: str
    bold: bool = False
    ink: str = LOOK.ink
    ground: str = ""
    align: str = "l"


def header(names: Sequence[str], words: int = 1) -> list[Box]:
    """Headings: the first `words` stand over words, the others over figures."""
    return [Box(name, ink=LOOK.muted, align="l" if place < words else "r") for place, name in enumerate(names)]


def figure(text: str, *, bold: bool = False, ink: str = LOOK.ink) -> Box:
    """A cell with a number, at the right edge of its column."""
    return Box(text, bold, ink, align="r")


def add_table(
    slide: Slide,
    place: Place,
    rows: Sequence[Sequence[Box]],
    widths: Sequence[float],
    *,
    alt: str,
    named: bool = True,
) -> None:
    """A table in the largest type with which it fits into its place; its first row is its header if it is `named`.

    `widths` are the columns' shares of the width.
    """
    left, top, across, down = place
    columns = [int(across * width / sum(widths)) for width in widths]
    size, heights = fitted(rows, columns, down)
    frame = slide.shapes.add_table(len(rows), len(columns), *map(Emu, (left, top, sum(columns), sum(heights))))
    describe(frame, "Table", alt)
    table = frame.table
    table.first_row, table.horz_banding = named, False
    frame._element.xpath(".//a:tableStyleId")[0].text = _NO_STYLE
    for column, width in zip(table.columns, columns, strict=True):
        column.width = Emu(width)
    for number, (height, cells) in enumerate(zip(heights, table._tbl.tr_lst, strict=True)):
        table.rows[number].height = Emu(height)
        for cell, box in zip(cells.tc_lst, rows[number], strict=True):
            _write_cell(cell, box, size, LOOK.faint if named and number == 0 else LOOK.grid)


def fitted(rows: Sequence[Sequence[Box]], columns: Sequence[int], down: int) -> tuple[Pt, list[int]]:
    """The largest size of type with which the rows fit into the height, and the height of each row in EMU.

    The smallest size it is if none fits. Rows are spread, where there is room, up to an easy distance.
    """
    for size in _SIZES:
        heights = [_height(row, columns, size) for row in rows]
        if sum(heights) <= down and not any(_breaks(row, columns, size) for row in rows):
            break
    return size, _spread(heights, down)


def _spread(heights: Sequence[int], down: int) -> list[int]:
    """Rows of one height, as easy to read as the room allows; only those with more lines are higher."""
    level = int(_EASY)
    while level > 0 and sum(max(level, height) for height in heights) > down:
        level -= _STEP
    return [max(level, height) for height in heights]


def _height(row: Sequence[Box], columns: Sequence[int], size: Pt) -> int:
    lines = max(lines_of(box.text, width - 2 * _MARGIN_X, size) for box, width in zip(row, columns, strict=True))
    return int(lines * size * LEADING + 2 * _MARGIN_Y)


def _breaks(row: Sequence[Box], columns: Sequence[int], size: Pt) -> bool:
    return any(is_broken(box.text, width - 2 * _MARGIN_X, size) for box, width in zip(row, columns, strict=True))


def _write_cell(cell: Any, box: Box, size: Pt, line: str) -> None:  # noqa: ANN401
    """One cell, element by element: python-pptx needs a millisecond for each, and knows no lines."""
    cell[:] = []
    body = _child(cell, "txBody")
    _child(body, "bodyPr")
    _child(body, "lstStyle")
    paragraph = _child(body, "p")
    _child(paragraph, "pPr", algn=box.align)
    run = _child(paragraph, "r")
    _paint(_child(run, "rPr", lang="en-GB", sz=str(int(size.pt * 100)), b=str(int(box.bold))), box.ink)
    _child(run, "t").text = box.text
    margins = {"marL": _MARGIN_X, "marR": _MARGIN_X, "marT": _MARGIN_Y, "marB": _MARGIN_Y}
    look = _child(cell, "tcPr", anchor="ctr", **{name: str(int(width)) for name, width in margins.items()})
    _paint(_child(look, "lnB", w="6350"), line)
    if box.ground:
        _paint(look, box.ground)


def _paint(parent: Any, colour: str) -> None:  # noqa: ANN401
    _child(_child(parent, "solidFill"), "srgbClr", val=colour.removeprefix("#").upper())


def _child(parent: Any, name: str, **attributes: str) -> Any:  # noqa: ANN401
    return etree.SubElement(parent, qn(f"a:{name}"), attributes)
