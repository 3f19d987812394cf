"""Charts with one labelled row per thing: names at the left, numbers at the right, a percentage across."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib import theme
from lib.charts.figure import Trace, scatter
from lib.charts.labels import width_of
from lib.words import percent

LABEL = 13
"""Size of a row's label in pixels: larger than the figures, which are many."""
ROOMY = 1000
"""Pixels of a chart from which on its labels may be long."""
FULL, WIDE = 64, 46
"""Characters of a label where there is much room, and on any page."""


def row_layout(
    at: NDArray[np.float32],
    wide: Sequence[str],
    narrow: Sequence[str],
    *,
    row_height: int,
    xaxis: dict[str, Any],
    full: Sequence[str] = (),
) -> dict[str, Any]:
    """Layout with a label at each place of `at` (from the top): `wide` on a page, `narrow` on a phone.

    `full`: longer labels for where there is much room, as in a saved picture.
    """
    span = [float(at.max(initial=0)) + 0.65, float(at.min(initial=0)) - 0.6]
    above = xaxis.get("side") == "top"
    longest = full or wide
    labels = _side(at, longest, span) | {"tickfont": {"color": theme.LIGHT.ink, "size": LABEL}}
    tight = {"margin": {"l": width_of(wide, LABEL)}, "yaxis": {"ticktext": list(wide)}}
    return {
        "height": round((span[0] - span[1]) * row_height) + 40,
        "barmode": "overlay",
        "margin": {"l": width_of(longest, LABEL), "r": 16, "t": 30 if above else 4, "b": 10 if above else 44, "pad": 0},
        "xaxis": xaxis,
        "yaxis": labels,
        "yaxis2": _side(at, [""] * len(at), span) | {"overlaying": "y", "side": "right"},
        "meta": {
            "click": True,
            "across": "rows",
            **({"below": ROOMY, "tight": tight} if full else {}),
            "narrow": {"margin": {"l": width_of(narrow, LABEL) + 8}, "yaxis": {"ticktext": list(narrow)}},
        },
    }


def with_numbers(layout: dict[str, Any], at: NDArray[np.float32], texts: Sequence[str]) -> dict[str, Any]:
    """The layout with a text at the right of each row; shown only if some trace is drawn on "y2"."""
    numbers = {**layout["yaxis2"], "tickvals": at, "ticktext": list(texts)}
    return {**layout, "yaxis2": numbers, "margin": {**layout["margin"], "r": width_of(texts) + 6}}


def unseen(at: NDArray[np.float32]) -> Trace:
    """Nothing to see at each place: texts at the right stand on an axis that exists only for a trace."""
    return scatter(x=np.zeros(len(at), np.float32), y=at, yaxis="y2", mode="markers", opacity=0, hoverinfo="skip")


def percent_axis() -> dict[str, Any]:
    """Shares 0 to 1 across the top, as percentages."""
    ticks = np.linspace(0, 1, 5)
    return {"range": [-0.03, 1.03], "tickvals": ticks, "ticktext": [percent(tick) for tick in ticks], "side": "top"}


def _side(at: NDArray[np.float32], texts: Iterable[str], span: list[float]) -> dict[str, Any]:
    ticks = {"tickmode": "array", "tickvals": at, "ticktext": list(texts)}
    return {**ticks, "range": span, "showgrid": False, "ticklabelstandoff": 8}
