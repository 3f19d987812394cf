"""Text inside a figure. Names come from survey files and are hostile: Plotly reads a subset of HTML in every text."""

import math
import re
import textwrap
from collections.abc import Iterable
from html import unescape
from unicodedata import east_asian_width

from lib import theme
from lib.words import number, percent

PIXELS_PER_CHARACTER = 5.9
"""Mean width of a character at 12 px, where a line is broken by its number of characters."""

OVERHANG = 2
"""Characters that a word may stand out of its line rather than be broken."""
ALIKE = "alike"
SMALLEST = '<span style="font-size:9px">'
SMALLER = '<span style="font-size:10px">{}</span>'

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
    """The text in up to `lines` lines of about `width` characters, ready for Plotly; a word hardly longer is whole."""
    long = max(map(len, str(text).split()), default=0) > width + OVERHANG
    rows = textwrap.wrap(str(text), width, max_lines=lines, placeholder="…", break_long_words=long)
    return "<br>".join(map(literal, rows))


def with_count(label: object, members: float, most: int) -> str:
    """A row's label, elided, with how many it stands for in full behind it; NaN: only for itself."""
    behind = "" if math.isnan(members) else f" · {number(members)}"
    return elided(label, max(2, most - len(behind))) + behind


def rate_lines(share: float, low: float, high: float, n: float) -> tuple[str, str]:
    """A rate with its 95 % interval and n, on two lines: where there is room for both, and where for neither's words.

    "42 % · 38–46" over "n 146"; "42 %" over "38–46". Where all are alike there is no spread to make an interval of.
    """
    rate = percent(share)
    if math.isnan(share):
        return rate, rate
    span = ALIKE if math.isnan(low) else f"{_bare(low)}–{_bare(high)}"
    return f"{rate} · {span}<br>{SMALLER.format(f'n {number(n)}')}", f"{rate}<br>{span}"


def _bare(share: float) -> str:
    return literal(percent(share).removesuffix(" %"))


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
