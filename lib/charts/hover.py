"""Hover texts from plain ones: the first line stands out, and nothing in it is read as markup."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from lib.charts.labels import literal

HOVERTEXT = "%{hovertext}<extra></extra>"


def hovers(texts: Iterable[str]) -> NDArray[np.object_]:
    """Each text as Plotly must receive it; lines are apart by line breaks."""
    return np.array([_hover(text) for text in texts], object)


def _hover(text: str) -> str:
    first, *rest = map(literal, text.split("\n"))
    return "<br>".join([f"<b>{first}</b>", *rest])
