"""An empty deck in our look: 16:9, one layout, our colours in its theme, and on every slide the same edge.

Slides are made from python-pptx's own template. Its layouts are for 4:3, so all but one go, and that one is laid out
anew; a slide's title, footer and number are real placeholders, which screen readers and PowerPoint's outline know.
"""

import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeAlias

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from lib import theme
from lib.brief.facts import About
from lib.brief.measuring import largest
from lib.brief.sentences import shortened

LOOK = theme.LIGHT
Place: TypeAlias = tuple[int, int, int, int]
"""Left, top, width and height in EMU."""
Line: TypeAlias = tuple[str, Pt, str, bool]
"""A paragraph: its text, size and colour, and whether it is bold."""
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, ACROSS = Inches(0.6), Inches(12.133)
TOP, FOOT = Inches(1.6), Inches(6.4)
"""The body of a slide lies between TOP and FOOT; its caption stands under FOOT."""
SMALL, NORMAL, LARGE = Pt(11), Pt(12), Pt(14)
_TITLE_ONLY = 5
_PROPERTY = 255  # characters that the format allows in a property
_FONT = "Calibri"  # on every machine that has PowerPoint, and metrically matched by Carlito where it is not
_TITLES, _CAPTIONS = (Pt(26), Pt(22), Pt(18), Pt(16), Pt(14)), (SMALL, Pt(10), Pt(9))
_TITLE_HEIGHT = Inches(1.0)
_CAPTION_HEIGHT, _EDGE, _EDGE_HEIGHT = Inches(0.5), Inches(6.92), Inches(0.5)
_PLACES = {
    "title": (LEFT, Inches(0.45), ACROSS, _TITLE_HEIGHT),
    "body": (LEFT, TOP, ACROSS, FOOT - TOP),
    "ftr": (LEFT, _EDGE, Inches(10.9), _EDGE_HEIGHT),
    "sldNum": (Inches(11.733), _EDGE, Inches(1.0), _EDGE_HEIGHT),
}
_THEME_COLOURS = {
    "dk1": LOOK.ink,
    "lt1": "#ffffff",
    "dk2": LOOK.primary,
    "lt2": LOOK.surface,
    **{
        f"accent{place}": colour
        for place, colour in enumerate((LOOK.primary, *LOOK.groups[1:], LOOK.down, LOOK.muted), 1)
    },
}


@dataclass(frozen=True, slots=True)
class Deck:
    """A presentation in the making, and what each of its slides says at its edge."""

    presentation: Any
    about: About


def new_deck(about: About, title: str) -> Deck:
    """A deck without slides."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = WIDTH, HEIGHT
    layouts = presentation.slide_layouts
    for layout in [layout for place, layout in enumerate(layouts) if place != _TITLE_ONLY]:
        layouts.remove(layout)
    for shapes in (presentation.slide_master.shapes, layouts[0].shapes):
        _lay_out(shapes)
    _style_titles(presentation.slide_master)
    _colour_theme(presentation)
    _describe(presentation.core_properties, about, title)
    return Deck(presentation, about)


def saved(deck: Deck) -> bytes:
    """The deck as a file: the same archive for the same slides, without the time of its making in every entry."""
    file, made = BytesIO(), BytesIO()
    deck.presentation.save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(zipfile.ZipInfo(part.filename), old.read(part), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def add_slide(deck: Deck, title: str, notes: str) -> Slide:
    """A slide with its finding as title, its edge, and what to know about it in the speaker's notes."""
    layout = deck.presentation.slide_layouts[0]
    slide = deck.presentation.slides.add_slide(layout)
    slide.shapes.title.text = title
    size = largest([title], ACROSS, _TITLE_HEIGHT, _TITLES)
    slide.shapes.title.text_frame.paragraphs[0].font.size = size
    slide.notes_slide.notes_text_frame.text = notes
    return slide


def notes(*texts: str) -> str:
    """What there is to say beside a slide, a paragraph each."""
    return "\n".join(filter(None, texts))


def close_slide(deck: Deck, slide: Slide, caption: str = "") -> None:
    """The caption, the footer and the number: last in the slide, so that they are read last."""
    if caption:
        size = largest([caption], ACROSS, _CAPTION_HEIGHT, _CAPTIONS)
        add_text(slide, (LEFT, FOOT, ACROSS, _CAPTION_HEIGHT), [(caption, size, LOOK.muted, False)], name="Caption")
    for shape in deck.presentation.slide_layouts[0].placeholders:
        if _kind(shape) in ("ftr", "sldNum"):
            slide.shapes._spTree.append(deepcopy(shape._element))
    for shape in slide.placeholders:
        if _kind(shape) == "ftr":
            _write_edge(shape.text_frame, deck.about)


def add_text(
    slide: Slide,
    place: Place,
    lines: list[Line],
    *,
    name: str,
    bullets: bool = False,
) -> None:
    """A box of text with a paragraph for each line."""
    box = slide.shapes.add_textbox(*(Emu(edge) for edge in place))
    box.name = name
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, (text, size, colour, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        write(paragraph, text, size=size, colour=colour, bold=bold)
        if bullets:
            _make_bullet(paragraph)


def write(paragraph: Any, text: str, *, size: Pt, colour: str, bold: bool = False, align: Any = None) -> None:  # noqa: ANN401
    """One run of text in a paragraph of python-pptx, which has no types."""
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = size, bold
    run.font.color.rgb = rgb(colour)
    if align is not None:
        paragraph.alignment = align


def _make_bullet(paragraph: Any) -> None:  # noqa: ANN401
    """A real bullet, which screen readers announce: python-pptx has none."""
    paragraph.space_after = Pt(6)
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "228600")
    properties.set("indent", "-228600")
    mark = properties.makeelement(qn("a:buChar"), {"char": "•"})
    properties.append(mark)


def describe(frame: Any, name: str, alt: str) -> None:  # noqa: ANN401
    """Give a chart or a table its name and its alternative text."""
    frame.name = name
    frame._element.xpath("./p:nvGraphicFramePr/p:cNvPr")[0].set("descr", alt)


def rgb(colour: str) -> RGBColor:
    """#rrggbb as python-pptx takes it."""
    return RGBColor.from_string(colour.removeprefix("#").upper())


def _lay_out(shapes: Any) -> None:  # noqa: ANN401
    """Put the placeholders that we use where 16:9 wants them, and take the others (the date) away."""
    for shape in list(shapes):
        kind = _kind(shape)
        if kind not in _PLACES:
            shape._element.getparent().remove(shape._element)
            continue
        shape.left, shape.top, shape.width, shape.height = _PLACES[kind]
        shape.text_frame.margin_left = shape.text_frame.margin_right = 0
        shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        for level in shape._element.xpath(".//a:lvl1pPr"):
            level.set("algn", "r" if kind == "sldNum" else "l")


def _style_titles(master: Any) -> None:  # noqa: ANN401
    style = "./p:txStyles/p:titleStyle/a:lvl1pPr"
    for level in master._element.xpath(style):
        level.set("algn", "l")
    for run in master._element.xpath(f"{style}/a:defRPr"):
        run.set("sz", str(int(_TITLES[0].pt * 100)))
        run.set("b", "1")


def _kind(shape: Any) -> str:  # noqa: ANN401
    """The kind of a placeholder as the file says it: title, body, ftr, sldNum, dt."""
    found = shape._element.xpath(".//p:nvPr/p:ph/@type")
    return found[0] if found else ""


def _write_edge(frame: Any, about: About) -> None:  # noqa: ANN401
    for paragraph in frame.paragraphs:
        for run in list(paragraph.runs):
            paragraph._p.remove(run._r)
    first = frame.paragraphs[0]
    for text, colour in _edge(about):
        write(first, text, size=Pt(10), colour=colour, bold=colour == LOOK.down)


def _edge(about: About) -> Iterator[tuple[str, str]]:
    """What a slide says at its foot, each part with its colour."""
    if about.mark:
        yield f"{about.mark}.  ", LOOK.down
    if about.caution:
        yield f"{about.caution}.  ", LOOK.down
    yield f"{about.short} · {about.standard} · data version {about.version}, built {about.date}", LOOK.muted


def _colour_theme(presentation: Any) -> None:  # noqa: ANN401
    """Our colours in the theme, so that whatever people add to the deck looks as if it belonged there."""
    part = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = part.blob.decode("utf-8")
    for name, colour in _THEME_COLOURS.items():
        value = f'<a:srgbClr val="{colour.removeprefix("#").upper()}"/>'
        text = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", rf"\g<1>{value}\g<2>", text, flags=re.S)
    text = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{_FONT}", text)
    part._blob = text.encode("utf-8")


def _describe(properties: Any, about: About, title: str) -> None:  # noqa: ANN401
    properties.title, properties.subject = (shortened(text, _PROPERTY) for text in (title, about.selection))
    properties.author = properties.last_modified_by = about.standard
    properties.created = properties.modified = about.built.replace(tzinfo=None)
    properties.language, properties.comments = "en-GB", about.mark
