"""Text inside a figure. Names come from survey files and are hostile: Plotly reads a subset of HTML in every text."""

import textwrap
from collections.abc import Iterable

from lib.words import number

PIXELS_PER_CHARACTER = 5.9
"""Mean width of a character at 12 px; labels are given this much room, never measured."""


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


def width_of(labels: Iterable[str]) -> int:
    """Pixels that the longest label needs."""
    longest = max((len(line) for label in labels for line in label.split("<br>")), default=0)
    return round(longest * PIXELS_PER_CHARACTER) + 14
