"""How much room text takes on a slide, by estimate: python-pptx sets text, but does not know how wide it becomes."""

import re
from collections.abc import Sequence
from functools import lru_cache

from pptx.util import Pt

from lib.charts.labels import width_of

LEADING = 1.2
"""Distance of lines, in sizes of the type."""
_FINE, _PADDING = 100, 14  # width_of gives whole pixels, and adds a gap of 14 beside a label
_SLIM = 0.92  # Calibri is slimmer than the type that width_of measures


def lines_of(text: str, width: int, size: Pt) -> int:
    """How many lines a text takes in a width in EMU, each word on the line that it still fits on; long ones broken."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        needs = _ems(f"{word} ") * _SLIM * size
        if used and used + needs > width:
            lines, used = lines + 1, 0.0
        used += needs
        lines += int(used // width)
        used %= width
    return lines


def is_broken(text: str, width: int, size: Pt) -> bool:
    """Is one of the words wider than the width?"""
    return any(_ems(word) * size > width for word in re.split(r"[ -]", text))


def largest(texts: Sequence[str], width: int, height: int, sizes: Sequence[Pt]) -> Pt:
    """The first of the sizes, the largest first, in which these paragraphs fit into the height; else the last."""
    for size in sizes:
        if sum(lines_of(text, width, size) for text in texts) * size * LEADING <= height:
            return size
    return sizes[-1]


@lru_cache(maxsize=4096)
def _ems(word: str) -> float:
    """Width of a word in ems, rather too much than too little."""
    return (width_of([word], _FINE) - _PADDING) / _FINE
