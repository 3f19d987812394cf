"""The key of a chart: signs and words in rows above it, wrapped for a wide and for a narrow screen.

Plotly's own legend wraps by the plot's width, not the chart's, and takes as much height as it likes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lib import theme
from lib.charts.labels import PIXELS_PER_CHARACTER

WIDE, NARROW = 620, 330
"""Pixels a row of the key may take: on a page, on a phone."""
ROW, FOOT = 20, 10
NAME = "key"
"""Shapes and annotations of this name are drawn on the page by the chart component itself: Plotly measures each."""
_PATHS = {
    "square": "M{l},{b} L{r},{b} L{r},{t} L{l},{t} Z",
    "hatch": "M{l},{b} L{r},{t} M{l},{m} L{c},{t} M{c},{b} L{r},{m} M{l},{b} L{r},{b} L{r},{t} L{l},{t} Z",
    "diamond": "M{l},{m} L{c},{b} L{r},{m} L{c},{t} Z",
    "triangle-up": "M{l},{b} L{r},{b} L{c},{t} Z",
    "line": "M{l},{m} L{r},{m}",
    "tick": "M{c},{b} L{c},{t}",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its words (ready for Plotly), the sign, and the sign's colours. No sign: a heading."""

    words: str
    sign: str = ""
    fill: str = "rgba(0,0,0,0)"
    edge: str | None = None


def with_key(layout: dict[str, Any], entries: Sequence[Entry]) -> dict[str, Any]:
    """The layout with a key above the plot: higher by as much as the key needs, on every kind of screen."""
    meta, wide = layout.get("meta", {}), _keyed(layout, {}, _rows(entries, WIDE))
    tight = {"tight": _keyed(layout, meta["tight"], _rows(entries, WIDE))} if "tight" in meta else {}
    small = _keyed(layout, meta.get("narrow", {}), _rows(entries, NARROW))
    return {
        **layout,
        **wide,
        "showlegend": False,
        "height": layout["height"] + wide["margin"]["t"] - layout["margin"]["t"],
        "margin": {**layout["margin"], **wide["margin"]},
        "meta": {**meta, **tight, "narrow": small},
    }


def _keyed(layout: dict[str, Any], patch: dict[str, Any], rows: list[list[tuple[float, Entry]]]) -> dict[str, Any]:
    """A patch of the layout, with room for the key above the plot and the key in it."""
    margin = {**layout["margin"], **patch.get("margin", {})}
    top = margin["t"] + ROW * len(rows) + FOOT
    return {
        **patch,
        "margin": {**patch.get("margin", {}), "t": top},
        "shapes": [*layout.get("shapes", []), *_signs(rows, margin["l"], top)],
        "annotations": [
            *patch.get("annotations", layout.get("annotations", [])),
            *_words(rows, margin["l"], top),
        ],
    }


def _rows(entries: Sequence[Entry], room: int) -> list[list[tuple[float, Entry]]]:
    """Entries with their distance from the left edge, row by row."""
    rows: list[list[tuple[float, Entry]]] = [[]]
    x = 0.0
    for entry in entries:
        width = (18 if entry.sign else 0) + len(entry.words) * PIXELS_PER_CHARACTER + 16
        if rows[-1] and x + width > room:
            rows.append([])
            x = 0.0
        rows[-1].append((x, entry))
        x += width
    return rows


def _signs(rows: list[list[tuple[float, Entry]]], left: float, top: float) -> list[dict[str, Any]]:
    return [
        _sign(entry, x - left + 2, top - ROW * place - ROW / 2)
        for place, row in enumerate(rows)
        for x, entry in row
        if entry.sign
    ]


def _sign(entry: Entry, left: float, up: float) -> dict[str, Any]:
    """A shape of 11 × 11 pixels, placed in pixels from the plot's upper left corner."""
    edges = {"l": left, "r": left + 11, "c": left + 5.5, "b": up - 5.5, "t": up + 5.5, "m": up}
    line = {"color": entry.edge or entry.fill, "width": 0 if entry.edge is None else 1.5}
    if entry.sign in ("line", "tick"):
        line = {"color": entry.edge or entry.fill, "width": 3}
    shape: dict[str, Any] = {"name": NAME, "xref": "paper", "yref": "paper", "xanchor": 0, "yanchor": 1}
    shape |= {"xsizemode": "pixel", "ysizemode": "pixel", "fillcolor": entry.fill, "line": line}
    if entry.sign == "circle":
        return shape | {"type": "circle", "x0": left, "x1": left + 11, "y0": up - 5.5, "y1": up + 5.5}
    return shape | {"type": "path", "path": _PATHS[entry.sign].format(**edges)}


def _words(rows: list[list[tuple[float, Entry]]], left: float, top: float) -> list[dict[str, Any]]:
    place = {"name": NAME, "x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "middle"}
    return [
        {
            **place,
            "text": entry.words,
            "xshift": x - left + (16 if entry.sign else 0),
            "yshift": top - ROW * line - ROW / 2,
            "showarrow": False,
            "font": {"size": theme.SMALL, "color": theme.LIGHT.muted},
        }
        for line, row in enumerate(rows)
        for x, entry in row
    ]
