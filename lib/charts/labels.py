"""Text inside a figure. Names come from survey files and are hostile: Plotly reads a subset of HTML in every text."""

import re
import textwrap
from collections.abc import Iterable
from html import unescape
from unicodedata import east_asian_width

from lib import theme
from lib.words import number

PIXELS_PER_CHARACTER = 5.9
"""Mean width of a character at 12 px, where a line is broken by its number of characters."""

_SLIM, _BROAD = frozenset(" .,:;-'|!()[]/ijltfrI"), frozenset("mwMW%@…—")
_TAG = re.compile(r"<[^>]*>")


def literal(text: object) -> str:
    """The text as Plotly must receive it to show it as it is, on one line."""
    line = " ".join(str(text).split())
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def elided(text: object, most: int) -> str:
    """At most `most` characters of the text, ready for Plotly; the full text belongs in the hover."""
    line = " ".join(str(text).split())
    return literal(line if len(line) <= most else line[: most - 1].rstrip() + "…")


def wrapped(text: object, width: int, lines: int = 3) -> str:
    """The text in up to `lines` lines of about `width` characters, ready for Plotly."""
    rows = textwrap.wrap(str(text), width, max_lines=lines, placeholder="…", break_long_words=True)
    return "<br>".join(map(literal, rows))


def with_count(label: object, cities: float, most: int) -> str:
    """A row's label, elided, with the number of cities behind it in full where there is more than one."""
    behind = f" · {number(cities)}" if cities > 1 else ""
    return elided(label, max(2, most - len(behind))) + behind


def width_of(labels: Iterable[str], size: int = theme.SMALL) -> int:
    """Pixels that the longest label needs in type of this size, and the gap beside it."""
    lines = (unescape(_TAG.sub("", line)) for label in labels for line in label.split("<br>"))
    return round(max((sum(map(_breadth, line)) for line in lines), default=0) * size) + 14


def _breadth(character: str) -> float:
    """Width in ems, rather too much than too little: a label that is cut at its start has lost its code."""
    if character in _SLIM:
        return 0.33
    if character in _BROAD or east_asian_width(character) in "WF":
        return 1.0 if character > "z" else 0.83
    return 0.53 if character.islower() or character.isdigit() else 0.65
